/** A formula as a tree. Names stand for questions ("nps"), one row or option of a question ("parts.price"), traits ("trait.age") and earlier calculations. */
export type Formula =
  | { kind: "number"; value: number }
  | { kind: "name"; name: string }
  | { kind: "operation"; operator: Operator; left: Formula; right: Formula }
  | { kind: "call"; name: FunctionName; given: Formula[] };

type Operator = "+" | "-" | "*" | "/" | "<" | "<=" | ">" | ">=" | "=" | "!=";
type FunctionName = (typeof FUNCTIONS)[number];
type Token = { kind: "number" | "name" | "sign"; text: string; at: number };

export type ParsedFormula = { ok: true; formula: Formula } | { ok: false; message: string };

/** What a formula may call: `if(condition, then, else)`; the others take any number of values and leave out what is not known. */
export const FUNCTIONS = ["sum", "mean", "min", "max", "count", "round", "if"] as const;

const LEVELS: readonly (readonly Operator[])[] = [["<", "<=", ">", ">=", "=", "!="], ["+", "-"], ["*", "/"]];

class FormulaFault extends Error {}

/** Reads a formula such as `round((price + 2 * service) / 3)`.
 *  @param text at most 500 characters, so that reading never goes deeper than that
 *  @returns the tree, or what is wrong with the text in one sentence */
export function parseFormula(text: string): ParsedFormula {
  try {
    if (text.length > 500) throw new FormulaFault("The formula is longer than 500 characters.");
    const reader = { tokens: tokensOf(text), position: 0 };
    const formula = readLevel(reader, 0);
    const rest = reader.tokens[reader.position];
    if (rest !== undefined) throw new FormulaFault(`"${rest.text}" at ${rest.at + 1} is not expected there.`);
    return { ok: true, formula };
  } catch (fault) {
    if (fault instanceof FormulaFault) return { ok: false, message: fault.message };
    throw fault;
  }
}

/** The value of a formula.
 *  @param valueOf the value of a name, null when it is not known
 *  @returns null when something it needs is not known, or it divides by zero */
export function evaluateFormula(formula: Formula, valueOf: (name: string) => number | null): number | null {
  switch (formula.kind) {
    case "number":
      return formula.value;
    case "name":
      return valueOf(formula.name);
    case "operation": {
      const left = evaluateFormula(formula.left, valueOf);
      const right = evaluateFormula(formula.right, valueOf);
      return left === null || right === null ? null : operate(formula.operator, left, right);
    }
    case "call":
      return call(formula.name, formula.given, valueOf);
  }
}

/** Every name a formula refers to, in the order of the text, each once. */
export function namesInFormula(formula: Formula): string[] {
  const names = (one: Formula): string[] => {
    switch (one.kind) {
      case "number":
        return [];
      case "name":
        return [one.name];
      case "operation":
        return [...names(one.left), ...names(one.right)];
      case "call":
        return one.given.flatMap(names);
    }
  };
  return [...new Set(names(formula))];
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)|(<=|>=|!=|[-+*/()<>=,]))/gy;
  while (text.slice(pattern.lastIndex).trim() !== "") {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new FormulaFault(`"${text.slice(at).trim().charAt(0)}" at ${at + 1} is not understood.`);
    const kind = match[1] !== undefined ? "number" : match[2] !== undefined ? "name" : "sign";
    tokens.push({ kind, text: match[1] ?? match[2] ?? match[3] ?? "", at: pattern.lastIndex - (match[0]?.trimStart().length ?? 0) });
  }
  if (tokens.length === 0) throw new FormulaFault("The formula is empty.");
  return tokens;
}

type Reader = { tokens: Token[]; position: number };

function readLevel(reader: Reader, level: number): Formula {
  const operators = LEVELS[level];
  if (operators === undefined) return readValue(reader);
  let left = readLevel(reader, level + 1);
  for (;;) {
    const token = reader.tokens[reader.position];
    const operator = token?.kind === "sign" ? operators.find((one) => one === token.text) : undefined;
    if (operator === undefined) return left;
    reader.position += 1;
    left = { kind: "operation", operator, left, right: readLevel(reader, level + 1) };
  }
}

function readValue(reader: Reader): Formula {
  const token = reader.tokens[reader.position];
  if (token === undefined) throw new FormulaFault("The formula ends too early.");
  reader.position += 1;
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (token.text === "-") return { kind: "operation", operator: "-", left: { kind: "number", value: 0 }, right: readValue(reader) };
  if (token.text === "(") {
    const inner = readLevel(reader, 0);
    expectSign(reader, ")");
    return inner;
  }
  if (token.kind !== "name") throw new FormulaFault(`"${token.text}" at ${token.at + 1} is not expected there.`);
  if (reader.tokens[reader.position]?.text !== "(") return { kind: "name", name: token.text };
  const name = FUNCTIONS.find((one) => one === token.text);
  if (name === undefined) throw new FormulaFault(`There is no function "${token.text}". There are ${FUNCTIONS.join(", ")}.`);
  return { kind: "call", name, given: readGiven(reader, name) };
}

function readGiven(reader: Reader, name: FunctionName): Formula[] {
  expectSign(reader, "(");
  const given = [readLevel(reader, 0)];
  while (reader.tokens[reader.position]?.text === ",") {
    reader.position += 1;
    given.push(readLevel(reader, 0));
  }
  expectSign(reader, ")");
  if (name === "if" && given.length !== 3) throw new FormulaFault("if needs three parts: if(condition, then, else).");
  return given;
}

function expectSign(reader: Reader, sign: string): void {
  if (reader.tokens[reader.position]?.text !== sign) throw new FormulaFault(`"${sign}" is missing.`);
  reader.position += 1;
}

function operate(operator: Operator, left: number, right: number): number | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
    case "<":
      return Number(left < right);
    case "<=":
      return Number(left <= right);
    case ">":
      return Number(left > right);
    case ">=":
      return Number(left >= right);
    case "=":
      return Number(left === right);
    case "!=":
      return Number(left !== right);
  }
}

function call(name: FunctionName, given: Formula[], valueOf: (name: string) => number | null): number | null {
  if (name === "if") {
    const [condition, whenTrue, whenFalse] = given;
    if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return null;
    const decided = evaluateFormula(condition, valueOf);
    return decided === null ? null : evaluateFormula(decided === 0 ? whenFalse : whenTrue, valueOf);
  }
  const known = given.map((one) => evaluateFormula(one, valueOf)).filter((value) => value !== null);
  if (name === "count") return known.length;
  if (known.length === 0) return null;
  const sum = known.reduce((total, value) => total + value, 0);
  switch (name) {
    case "sum":
      return sum;
    case "mean":
      return sum / known.length;
    case "min":
      return Math.min(...known);
    case "max":
      return Math.max(...known);
    case "round":
      return Math.round(known[0] ?? 0);
  }
}
