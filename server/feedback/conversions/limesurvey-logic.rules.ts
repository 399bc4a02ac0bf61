import type { Clause } from "./clauses.rules.ts";
import { comparisonOf } from "./clauses.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { traitNamed } from "./draft.rules.ts";
import type { Term } from "./expression.rules.ts";
import { clauseFrom } from "./expression.rules.ts";
import type { LimeSource } from "./limesurvey-tables.rules.ts";
import { cell } from "./limesurvey-tables.rules.ts";

const REFERENCE = /(\d+X\d+X\w+|[A-Za-z]\w*(?::\w+)?(?:\.[A-Za-z]\w*)*)(?![\w.]|\s*\()/u;

/** The clause of an ExpressionScript condition, as far as it compares answers. */
export function clauseOfRelevance(draft: Draft, source: LimeSource, expression: string): Clause {
  const bare = expression.trim().replace(/^\{([^{}]*)\}$/, "$1");
  if (bare === "" || bare === "1") return { kind: "constant", isTrue: true };
  return clauseFrom(bare, {
    reference: REFERENCE,
    compare: (name, comparison, value) => {
      const place = placeName(draft, source, name);
      // LimeSurvey compares with an empty text to ask whether there is an answer.
      return comparisonOf(draft, place, comparison, value);
    },
    call: (name, given) => callOf(draft, source, name, given),
  });
}

function callOf(draft: Draft, source: LimeSource, name: string, given: readonly Term[]): Clause | null {
  const [first] = given;
  if (first?.kind !== "reference") return null;
  if (["is_empty", "empty"].includes(name)) return comparisonOf(draft, placeName(draft, source, first.name), "not_answered");
  if (["count", "strlen"].includes(name)) return comparisonOf(draft, placeName(draft, source, first.name), "answered");
  return null;
}

/** The name of a place for a LimeSurvey variable: `Q1`, `Q1.NAOK`, `Q1_SQ001.value`, `12X3X45SQ001`, `TOKEN:FIRSTNAME`. */
export function placeName(draft: Draft, source: LimeSource, variable: string): string {
  const token = /^TOKEN:(\w+)/i.exec(variable)?.[1];
  if (token !== undefined) {
    draft.places.set(`token:${token}`, { kind: "trait", trait: traitNamed(token) });
    return `token:${token}`;
  }
  const bare = variable.replace(/\.(?:NAOK|value|shown|code|valueNAOK|question|qid|gid|sgqa|type|relevanceStatus)$/i, "");
  const sgqa = /^\d+X\d+X(\d+)(\w*)$/.exec(bare);
  if (sgqa === null) return bare;
  const [, digits = "", rest = ""] = sgqa;
  // The id of the question runs into the code of the subquestion, which may begin with a digit.
  for (let length = digits.length; length > 0; length -= 1) {
    const question = source.questions.find((one) => one.qid === digits.slice(0, length));
    const code = `${digits.slice(length)}${rest}`;
    if (question !== undefined) return code === "" ? question.code : `${question.code}_${code}`;
  }
  return bare;
}

/** Conditions of versions before ExpressionScript, for questions whose relevance says nothing. */
export function oldConditions(draft: Draft, source: LimeSource, qid: string): { clause: Clause; expression: string } | null {
  const rows = (source.file.tables.get("conditions") ?? []).filter((row) => cell(row, "qid") === qid);
  if (rows.length === 0) return null;
  const methods: Readonly<Record<string, "is" | "is_not" | "more" | "less" | "at_least" | "at_most">> = { "==": "is", "!=": "is_not", ">": "more", "<": "less", ">=": "at_least", "<=": "at_most" };
  const scenarios = new Map<string, Clause[]>();
  for (const row of rows) {
    const method = cell(row, "method").trim();
    const comparison = Object.hasOwn(methods, method) ? methods[method] : undefined;
    const clause: Clause = comparison === undefined ? { kind: "unknown", why: `The comparison “${method}” is not done here.` } : comparisonOf(draft, placeName(draft, source, cell(row, "cfieldname").replace(/^\+/, "")), comparison, cell(row, "value"));
    scenarios.set(cell(row, "scenario"), [...(scenarios.get(cell(row, "scenario")) ?? []), clause]);
  }
  return {
    clause: { kind: "any", parts: [...scenarios.values()].map((parts): Clause => ({ kind: "all", parts })) },
    expression: rows.map((row) => `${cell(row, "cfieldname")} ${cell(row, "method")} ${cell(row, "value")}`).join("; "),
  };
}

/** Replaces `{Q1}`, `{Q1.shown}`, `{INSERTANS:1X2X3}` and `{TOKEN:FIRSTNAME}`; other expressions in braces name nothing that is known. */
export function pipeLime(draft: Draft, source: LimeSource): Draft["pipe"] {
  return (text, put) => text.replaceAll(/\{(?!\s)([^{}\n]{1,500})\}/g, (_whole: string, inner: string) => {
    const variable = inner.trim().replace(/^INSERTANS:/i, "");
    return put(/^[\w:.]+$/.test(variable) ? placeName(draft, source, variable) : variable);
  });
}
