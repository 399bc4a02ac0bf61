import { scaleOf } from "../surveys/answers.rules.ts";
import type { Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";

/** Where the value of a column comes from: the response itself, or one part of the answer to a question. */
export type ColumnSource =
  | { of: "response"; field: "id" | "version" | "state" | "outcome" | "channel" | "language" | "touchpoint" | "source" | "campaign" | "subject" | "startedAt" | "completedAt" | "seconds" | "endingId" | "flags" | "tags" | "notes" }
  | { of: "calculation"; id: string }
  | { of: "number" | "text" | "files"; questionId: string }
  /** The chosen option of a question that takes one. */
  | { of: "choice"; questionId: string }
  /** Whether an option was chosen, 1 or 0; empty when the question was not answered. */
  | { of: "chosen"; questionId: string; optionId: string }
  | { of: "place"; questionId: string; optionId: string }
  | { of: "row"; questionId: string; rowId: string }
  | { of: "rowChosen"; questionId: string; rowId: string; optionId: string }
  | { of: "amount"; questionId: string; optionId: string }
  | { of: "field"; questionId: string; field: string };

export type ExportColumn = {
  /** Unique in its file: letters, digits, "_" and ".", at most 64 characters, beginning with a letter. */
  name: string;
  /** What it holds, in words. */
  label: string;
  kind: "text" | "number" | "time";
  source: ColumnSource;
  /** Options by their id, in order: files of numbers code them 1, 2, 3 …; files of words say the label. */
  codes?: readonly { id: string; label: string }[];
  /** Labels of points of a scale. */
  points?: readonly { value: number; label: string }[];
};

const FIELDS: readonly [Extract<ColumnSource, { of: "response" }>["field"], string, string, ExportColumn["kind"]][] = [
  ["id", "response_id", "Response", "text"], ["version", "survey_version", "Version of the survey", "number"], ["state", "state", "Complete or partial", "text"],
  ["outcome", "outcome", "Counted, or why not", "text"], ["channel", "channel", "Channel", "text"], ["language", "language", "Language", "text"],
  ["touchpoint", "touchpoint", "Touchpoint", "text"], ["source", "source", "Source of the link", "text"], ["campaign", "campaign", "Campaign of the link", "text"],
  ["subject", "customer", "Identifier of the customer", "text"], ["startedAt", "started_at", "Begun (UTC)", "time"], ["completedAt", "completed_at", "Completed (UTC)", "time"],
  ["seconds", "seconds", "Seconds from begin to end", "number"], ["endingId", "ending", "Ending shown", "text"],
  ["flags", "flags", "Why it is flagged", "text"], ["tags", "tags", "Tags", "text"], ["notes", "notes", "Notes of members", "text"],
];

/** The columns of a survey's responses: facts first, then every question any version asked, in the order of the newest.
 *  @param definitions every published version, newest first; a question that was dropped keeps its columns at the end
 *  @param language labels in this language */
export function columnsOf(definitions: readonly SurveyDefinition[], language: string): ExportColumn[] {
  const questions = new Map<string, { question: Question; definition: SurveyDefinition }>();
  for (const definition of definitions) {
    for (const question of definition.questions) if (!questions.has(question.id)) questions.set(question.id, { question: withEveryOption(question, definitions), definition });
  }
  const calculations = new Map(definitions.toReversed().flatMap(({ calculations = [] }) => calculations.map(({ id, name }): [string, string] => [id, name])));
  return [
    ...FIELDS.map(([field, name, label, kind]): ExportColumn => ({ name, label, kind, source: { of: "response", field } })),
    ...[...questions.values()].flatMap(({ question, definition }) => columnsOfQuestion(question, (text) => textIn(text, language, definition.languages))),
    ...[...calculations].map(([id, name]): ExportColumn => ({ name: `calc.${id}`, label: name, kind: "number", source: { of: "calculation", id } })),
  ].map((column) => ({ ...column, name: column.name.slice(0, 64) }));
}

// An option that a later version dropped was chosen by somebody all the same.
function withEveryOption(question: Question, definitions: readonly SurveyDefinition[]): Question {
  if (!("options" in question)) return question;
  const same = definitions.flatMap(({ questions }) => questions.filter(({ id, type }) => id === question.id && type === question.type));
  const options = new Map<string, SurveyOption>();
  for (const one of [question, ...same]) if ("options" in one) for (const option of one.options) if (!options.has(option.id)) options.set(option.id, option);
  return { ...question, options: [...options.values()] };
}

function columnsOfQuestion(question: Question, say: (text: Question["title"] | undefined) => string): ExportColumn[] {
  const { id } = question;
  const title = say(question.title) || id;
  const coded = (options: readonly SurveyOption[]): { id: string; label: string }[] => options.map((option) => ({ id: option.id, label: say(option.label) || option.id }));
  const written = "options" in question && question.options.some(({ isOther }) => isOther === true)
    ? [{ name: `${id}.text`, label: `${title}: written`, kind: "text" as const, source: { of: "text" as const, questionId: id } }] : [];
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const points = [{ value: min, label: say(question.low) }, { value: max, label: say(question.high) }].filter(({ label }) => label !== "");
      return [{ name: id, label: title, kind: "number", source: { of: "number", questionId: id }, points }];
    }
    case "slider":
    case "number":
      return [{ name: id, label: title, kind: "number", source: { of: "number", questionId: id } }];
    case "text":
    case "date":
    case "email":
    case "phone":
      return [{ name: id, label: title, kind: "text", source: { of: "text", questionId: id } }];
    case "single":
    case "dropdown":
      return [{ name: id, label: title, kind: "text", source: { of: "choice", questionId: id }, codes: coded(question.options) }, ...written];
    case "picture":
      if (question.isMultiple !== true) return [{ name: id, label: title, kind: "text", source: { of: "choice", questionId: id }, codes: coded(question.options) }, ...written];
      return [...chosenColumns(id, title, coded(question.options)), ...written];
    case "multi":
      return [...chosenColumns(id, title, coded(question.options)), ...written];
    case "ranking":
      return coded(question.options).map((option) => ({ name: `${id}.${option.id}`, label: `${title}: place of ${option.label}`, kind: "number", source: { of: "place", questionId: id, optionId: option.id } }));
    case "constant_sum":
      return coded(question.options).map((option) => ({ name: `${id}.${option.id}`, label: `${title}: ${option.label}`, kind: "number", source: { of: "amount", questionId: id, optionId: option.id } }));
    case "matrix":
      return coded(question.rows).flatMap((row): ExportColumn[] => question.isMultiple === true
        ? coded(question.columns).map((option) => ({
          name: `${id}.${row.id}.${option.id}`, label: `${title}: ${row.label}: ${option.label}`, kind: "number", source: { of: "rowChosen", questionId: id, rowId: row.id, optionId: option.id },
        }))
        : [{ name: `${id}.${row.id}`, label: `${title}: ${row.label}`, kind: "text", source: { of: "row", questionId: id, rowId: row.id }, codes: coded(question.columns) }]);
    case "contact":
      return question.fields.map((field) => ({ name: `${id}.${field}`, label: `${title}: ${field.replaceAll("_", " ")}`, kind: "text", source: { of: "field", questionId: id, field } }));
    case "consent":
      return [{ name: id, label: `${title}: ${say(question.statement)}`, kind: "number", source: { of: "chosen", questionId: id, optionId: "yes" } }];
    case "file":
      return [{ name: id, label: title, kind: "text", source: { of: "files", questionId: id } }];
    case "statement":
      return [];
  }
}

function chosenColumns(questionId: string, title: string, options: readonly { id: string; label: string }[]): ExportColumn[] {
  return options.map((option) => ({ name: `${questionId}.${option.id}`, label: `${title}: ${option.label}`, kind: "number", source: { of: "chosen", questionId, optionId: option.id } }));
}
