import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { checkDefinition } from "../surveys/definition.rules.ts";
import { contrastOf } from "../surveys/theme.rules.ts";
import type { FidelityReport, OutcomeCounts, SourceElement, SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { say } from "./draft.rules.ts";
import { mend } from "./mend.rules.ts";

/** Colour of a survey whose own one is unknown or hard to read. */
const ACCENT = "#3b4fd8";
const LIMITS = { calculations: 50, endings: 20, quotas: 50, shuffle: 10, languages: 30 } as const;
const LINES_MAX = 20_000;

/** The definition and its report, when a converter has put everything into the draft. */
export function settle(draft: Draft): SurveyConversion {
  const definition = mend(draft, definitionFrom(draft));
  return { definition, report: reportOf(draft, definition) };
}

function definitionFrom(draft: Draft): SurveyDefinition {
  const within = <Item>(name: "calculations" | "endings" | "quotas" | "shuffle", given: readonly Item[]): Item[] => {
    if (given.length > LIMITS[name]) say(draft, "setting", name, "dropped", `Only the first ${LIMITS[name]} of ${given.length} are kept.`);
    return given.slice(0, LIMITS[name]);
  };
  const shuffle = within("shuffle", draft.shuffle.filter((ids) => ids.length >= 2).map((ids) => ids.slice(0, 50)));
  const calculations = within("calculations", draft.calculations);
  const endings = within("endings", draft.endings);
  const quotas = within("quotas", draft.quotas);
  const accent = draft.accent !== null && contrastOf(draft.accent, "#ffffff") >= 4.5 ? draft.accent : ACCENT;
  if (draft.accent !== null && accent !== draft.accent) say(draft, "setting", "brand colour", "dropped", `${draft.accent} is hard to read on white.`);
  return {
    format: 1, languages: draft.languages.slice(0, LIMITS.languages), title: draft.title, ...(draft.intro === null || Object.keys(draft.intro).length === 0 ? {} : { intro: draft.intro }),
    questions: draft.questions,
    ...(calculations.length === 0 ? {} : { calculations }),
    ...(endings.length === 0 ? {} : { endings }),
    ...(quotas.length === 0 ? {} : { quotas }),
    ...(shuffle.length === 0 ? {} : { shuffle }),
    thanks: draft.thanks, theme: { accent },
  };
}

function reportOf(draft: Draft, definition: SurveyDefinition): FidelityReport {
  const lines = draft.lines.slice(0, LINES_MAX);
  const byElement: Partial<Record<SourceElement, OutcomeCounts>> = {};
  const counts: OutcomeCounts = { mapped: 0, approximated: 0, dropped: 0 };
  for (const { element, outcome } of draft.lines) {
    const own = byElement[element] ?? { mapped: 0, approximated: 0, dropped: 0 };
    own[outcome] += 1;
    byElement[element] = own;
    counts[outcome] += 1;
  }
  const total = (element: SourceElement): number => Object.values(byElement[element] ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    format: draft.format, name: draft.name, counts, byElement, lines,
    source: { questions: total("question"), options: total("option"), languages: total("language"), logic: total("logic") },
    survey: sizesOf(definition),
    problems: checkDefinition(definition),
  };
}

/** What a definition is made of, counted as in the report: rows and columns of a table are options too. */
export function sizesOf(definition: SurveyDefinition): FidelityReport["survey"] {
  let options = 0;
  let logic = 0;
  for (const question of definition.questions) {
    if ("options" in question) options += question.options.length;
    if (question.type === "matrix") options += question.rows.length + question.columns.length;
    logic += (question.showIf?.length ?? 0) > 0 ? 1 : 0;
    logic += question.branches?.length ?? 0;
  }
  logic += definition.endings?.filter((ending) => ending.conditions.length > 0).length ?? 0;
  return { questions: definition.questions.length, options, languages: definition.languages.length, logic };
}
