import { type Clause, type Comparison, negated, opposite } from "./clauses.rules.ts";

/** What a comparison compares: a reference to something asked before, or a fixed value. */
export type Term = { kind: "reference"; name: string; /** True for `is_empty(x)` and the like of it. */ isCount?: boolean } | { kind: "value"; value: string | number } | { kind: "list"; values: (string | number)[] };

/** What differs between the languages of LimeSurvey, SurveyJS and XLSForm. */
export type Dialect = {
  /** References: `{name}` (SurveyJS), `${name}` (XLSForm), or bare names (LimeSurvey). A match's first group is the name. */
  reference: RegExp;
  compare: (reference: string, comparison: Comparison, value: string | number) => Clause;
  /** A function that is true or false; null when it is not known. */
  call: (name: string, given: readonly Term[]) => Clause | null;
};

type Token = { kind: "reference" | "number" | "text" | "word" | "sign"; text: string };
type Reader = { tokens: readonly Token[]; position: number; dialect: Dialect; depth: number };

const EXPRESSION_MAX = 4_000;
const DEPTH_MAX = 50;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["=", "is"], ["==", "is"], ["===", "is"], ["eq", "is"], ["equal", "is"], ["!=", "is_not"], ["!==", "is_not"], ["<>", "is_not"], ["ne", "is_not"], ["notequal", "is_not"],
  [">", "more"], ["gt", "more"], ["greater", "more"], ["<", "less"], ["lt", "less"], ["less", "less"],
  [">=", "at_least"], ["ge", "at_least"], ["greaterorequal", "at_least"], ["<=", "at_most"], ["le", "at_most"], ["lessorequal", "at_most"],
  ["contains", "contains"], ["contain", "contains"], ["*=", "contains"], ["notcontains", "not_contains"], ["notcontain", "not_contains"],
]);
const LISTS = ["anyof", "allof", "noneof"];
const SWAPPED: Readonly<Record<string, Comparison>> = { more: "less", less: "more", at_least: "at_most", at_most: "at_least" };

class ExpressionFault extends Error {}

/** The clause an expression says. What is not a comparison, "and", "or" or "not" is given back as unknown with the reason. */
export function clauseFrom(expression: string, dialect: Dialect): Clause {
  if (expression.length > EXPRESSION_MAX) return { kind: "unknown", why: "The expression is too long." };
  try {
    const reader: Reader = { tokens: tokensOf(expression, dialect), position: 0, dialect, depth: 0 };
    const clause = readAny(reader);
    const rest = reader.tokens[reader.position];
    if (rest !== undefined) throw new ExpressionFault(`“${rest.text}” is not understood there.`);
    return clause;
  } catch (fault) {
    if (fault instanceof ExpressionFault) return { kind: "unknown", why: fault.message };
    throw fault;
  }
}

function tokensOf(expression: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  const reference = new RegExp(dialect.reference.source, "uy");
  const others = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?![\w.]))|([A-Za-z][\w-]*)|(===|!==|==|!=|<>|<=|>=|&&|\|\||\*=|[=<>!(),[\]+*/.^-])/uy;
  let at = 0;
  while (at < expression.length) {
    if (/\s/u.test(expression.charAt(at))) {
      at += 1;
      continue;
    }
    reference.lastIndex = at;
    const name = reference.exec(expression);
    if (name !== null && !isWord(name[0])) {
      tokens.push({ kind: "reference", text: name[1] ?? "" });
      at = reference.lastIndex;
      continue;
    }
    others.lastIndex = at;
    const found = others.exec(expression);
    if (found === null) throw new ExpressionFault(`“${expression.slice(at, at + 20)}” is not understood.`);
    tokens.push(tokenOf(found, expression.slice(others.lastIndex)));
    at = others.lastIndex;
  }
  return tokens;
}

function tokenOf(found: RegExpExecArray, rest: string): Token {
  const [, text, number, word, sign] = found;
  if (text !== undefined) return { kind: "text", text: text.slice(1, -1).replaceAll(/\\(.)/gu, "$1") };
  if (number !== undefined) return { kind: "number", text: number };
  if (word !== undefined) return { kind: "word", text: rest.trimStart().startsWith("(") ? word : word.toLowerCase() };
  return { kind: "sign", text: sign ?? "" };
}

const isWord = (text: string): boolean => ["and", "or", "not", "eq", "ne", "gt", "lt", "ge", "le", "true", "false"].includes(text.toLowerCase());

function readAny(reader: Reader): Clause {
  return readChain(reader, "any", ["or", "||"], () => readChain(reader, "all", ["and", "&&"], () => readOne(reader)));
}

function readChain(reader: Reader, kind: "all" | "any", signs: readonly string[], readPart: () => Clause): Clause {
  const parts = [readPart()];
  while (isNext(reader, signs)) {
    reader.position += 1;
    parts.push(readPart());
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function readOne(reader: Reader): Clause {
  reader.depth += 1;
  if (reader.depth > DEPTH_MAX) throw new ExpressionFault("The expression is nested too deeply.");
  try {
    if (isNext(reader, ["!", "not"])) {
      reader.position += 1;
      return opposite(readOne(reader));
    }
    if (isNext(reader, ["("])) {
      const isBracketOfTerm = isTermInBrackets(reader);
      if (!isBracketOfTerm) {
        reader.position += 1;
        const inner = readAny(reader);
        expect(reader, ")");
        return inner;
      }
    }
    return readComparison(reader);
  } finally {
    reader.depth -= 1;
  }
}

// `(Q1.NAOK) == "A"`: brackets around one reference that is compared after them.
function isTermInBrackets(reader: Reader): boolean {
  const [reference, close, sign] = reader.tokens.slice(reader.position + 1, reader.position + 4);
  return reference?.kind === "reference" && close?.text === ")" && sign !== undefined && COMPARISONS.has(sign.text);
}

function readComparison(reader: Reader): Clause {
  const word = reader.tokens[reader.position];
  if (word?.kind === "word" && reader.tokens[reader.position + 1]?.text === "(" ) return readCall(reader, word.text);
  const left = readTerm(reader);
  const operator = reader.tokens[reader.position];
  if (operator === undefined || (operator.kind !== "sign" && operator.kind !== "word") || operator.text === ")" || isNext(reader, ["and", "&&", "or", "||", ","])) return truthOf(reader, left);
  reader.position += 1;
  if (operator.text === "empty" || operator.text === "notempty") return answeredOf(reader, left, operator.text === "notempty");
  if (LISTS.includes(operator.text)) return readList(reader, left, operator.text);
  const comparison = COMPARISONS.get(operator.text);
  if (comparison === undefined) throw new ExpressionFault(`“${operator.text}” is not done here.`);
  return compareTerms(reader, left, comparison, readTerm(reader));
}

function readCall(reader: Reader, name: string): Clause {
  reader.position += 2;
  const given: Term[] = [];
  while (!isNext(reader, [")"])) {
    given.push(readTerm(reader));
    if (isNext(reader, [","])) reader.position += 1;
    else break;
  }
  expect(reader, ")");
  const clause = reader.dialect.call(name, given);
  if (clause === null) throw new ExpressionFault(`The function “${name}” is not done here.`);
  const next = reader.tokens[reader.position];
  const comparison = next === undefined ? undefined : COMPARISONS.get(next.text);
  if (comparison === undefined) return clause;
  reader.position += 1;
  return compareTruth(clause, comparison, readTerm(reader));
}

function compareTruth(clause: Clause, comparison: Comparison, term: Term): Clause {
  const isTrue = term.kind === "value" && ["1", "true"].includes(String(term.value).toLowerCase());
  const isFalse = term.kind === "value" && ["0", "false", ""].includes(String(term.value).toLowerCase());
  const isMore = comparison === "more" && isFalse;
  if (isMore || (comparison === "is" && isTrue) || (comparison === "is_not" && isFalse) || (comparison === "at_least" && isTrue)) return clause;
  if ((comparison === "is" && isFalse) || (comparison === "is_not" && isTrue)) return opposite(clause);
  throw new ExpressionFault("It compares the result of a function with a number, which is not done here.");
}

function readTerm(reader: Reader): Term {
  const token = reader.tokens[reader.position];
  if (token === undefined) throw new ExpressionFault("The expression ends too early.");
  reader.position += 1;
  if (token.text === "(" && token.kind === "sign") {
    const inner = readTerm(reader);
    expect(reader, ")");
    return inner;
  }
  if (token.text === "[" && token.kind === "sign") return readValues(reader);
  const next = reader.tokens[reader.position];
  if (token.kind === "sign" && token.text === "." ) return { kind: "reference", name: "." };
  if (next?.kind === "sign" && ["+", "-", "*", "/", "^"].includes(next.text)) throw new ExpressionFault("It calculates inside a condition, which is not done here.");
  if (token.kind === "reference") return { kind: "reference", name: token.text };
  if (token.kind === "number") return { kind: "value", value: Number(token.text) };
  if (token.kind === "text") return { kind: "value", value: token.text };
  if (token.kind === "word" && next?.text === "(" && ["true", "false"].includes(token.text.toLowerCase())) {
    reader.position += 1;
    expect(reader, ")");
    return { kind: "value", value: token.text.toLowerCase() };
  }
  if (token.kind === "word" && next?.text === "(") throw new ExpressionFault(`The function “${token.text}” is not done inside a comparison.`);
  if (token.kind === "word") return { kind: "value", value: token.text };
  throw new ExpressionFault(`“${token.text}” is not understood there.`);
}

function readValues(reader: Reader): Term {
  const values: (string | number)[] = [];
  while (!isNext(reader, ["]"])) {
    const term = readTerm(reader);
    if (term.kind !== "value") throw new ExpressionFault("A list may hold fixed values only.");
    values.push(term.value);
    if (isNext(reader, [","])) reader.position += 1;
    else break;
  }
  expect(reader, "]");
  return { kind: "list", values };
}

function readList(reader: Reader, left: Term, operator: string): Clause {
  const right = readTerm(reader);
  const values = right.kind === "list" ? right.values : right.kind === "value" ? [right.value] : [];
  if (left.kind !== "reference" || values.length === 0) throw new ExpressionFault(`“${operator}” is understood only for a question and a list.`);
  const parts = values.map((value) => reader.dialect.compare(left.name, operator === "noneof" ? "not_contains" : "contains", value));
  return { kind: operator === "anyof" ? "any" : "all", parts };
}

function compareTerms(reader: Reader, left: Term, comparison: Comparison, right: Term): Clause {
  if (left.kind === "value" && right.kind === "value") return compareFixed(left.value, comparison, right.value);
  if (left.kind === "value" && right.kind === "reference") return compareTerms(reader, right, SWAPPED[comparison] ?? comparison, left);
  if (left.kind !== "reference" || right.kind === "reference") throw new ExpressionFault("It compares two answers with each other, which is not done here.");
  if (right.kind === "value") return reader.dialect.compare(left.name, comparison, right.value);
  const isEqual = comparison === "is" || comparison === "contains";
  if (!isEqual && comparison !== "is_not" && comparison !== "not_contains") throw new ExpressionFault("It compares with a list.");
  const parts = right.values.map((value) => reader.dialect.compare(left.name, "contains", value));
  const all: Clause = { kind: "all", parts };
  return isEqual ? all : opposite(all);
}

function compareFixed(left: string | number, comparison: Comparison, right: string | number): Clause {
  if (comparison !== "is" && comparison !== "is_not") throw new ExpressionFault("It compares two fixed values.");
  return { kind: "constant", isTrue: (String(left) === String(right)) === (comparison === "is") };
}

function truthOf(reader: Reader, term: Term): Clause {
  if (term.kind === "reference") return reader.dialect.compare(term.name, "answered", "");
  if (term.kind === "list") throw new ExpressionFault("A list alone says nothing.");
  const text = String(term.value).toLowerCase();
  if (["1", "true"].includes(text)) return { kind: "constant", isTrue: true };
  if (["0", "false", ""].includes(text)) return { kind: "constant", isTrue: false };
  throw new ExpressionFault(`“${term.value}” alone is no condition.`);
}

function answeredOf(reader: Reader, term: Term, isAnswered: boolean): Clause {
  if (term.kind !== "reference") throw new ExpressionFault("Only an answer can be empty.");
  return reader.dialect.compare(term.name, isAnswered ? "answered" : negated.answered, "");
}

function isNext(reader: Reader, texts: readonly string[]): boolean {
  const token = reader.tokens[reader.position];
  return token !== undefined && (token.kind === "sign" || token.kind === "word") && texts.includes(token.text.toLowerCase());
}

function expect(reader: Reader, sign: string): void {
  if (!isNext(reader, [sign])) throw new ExpressionFault(`“${sign}” is missing.`);
  reader.position += 1;
}
