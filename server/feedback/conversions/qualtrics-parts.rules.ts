import type { Question, SurveyOption } from "../surveys/definition.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, say, textOrStandIn } from "./draft.rules.ts";
import { addQuestion, addQuestions } from "./questions.rules.ts";
import type { Asked, QsfQuestion } from "./qualtrics-words.rules.ts";
import { choicesOf, orderOf, wordsAt } from "./qualtrics-words.rules.ts";
import { joinTexts } from "./texts-joined.rules.ts";
import { entriesAt, memberOf, numberAt, textAt } from "./source-values.rules.ts";

/** Questions of a .qsf that are tables, or that become several questions. */
export function qualtricsParts(draft: Draft, question: QsfQuestion, asked: Asked, remarks: readonly string[]): void {
  const { payload, tag } = question;
  switch (textAt(payload, "QuestionType")) {
    case "Matrix":
      return addMatrix(draft, question, asked, remarks);
    case "SBS":
      return addSideBySide(draft, question, asked);
    case "CS":
      return addSum(draft, question, asked, remarks);
    case "Slider":
      return addSliders(draft, question, asked);
    case "PGR": {
      const options = choicesOf(draft, question, "rows");
      const groups = entriesAt(payload, "Groups").map(([key, text], index): SurveyOption => ({ id: `g${index + 1}`, label: textOrStandIn(draft, `${tag} / group ${key}`, [[draft.languages[0] ?? "en", typeof text === "string" ? text : textAt(text, "Display")]], key).text }));
      addQuestion(draft, tag, { type: "matrix", ...asked, rows: options, columns: groups }, [...remarks, "Items are put into groups; their order within a group is not asked."]);
      return;
    }
    case "DD":
      addQuestion(draft, tag, { type: "dropdown", ...asked, options: choicesOf(draft, question, "options", "Answers") }, [...remarks, "The levels of the drill-down are one list here."]);
      return;
    default:
      say(draft, "question", tag, "dropped", `Questions of the kind “${textAt(payload, "QuestionType")}” (${textAt(payload, "Selector")}) are not asked here.`);
  }
}

function addMatrix(draft: Draft, question: QsfQuestion, asked: Asked, remarks: readonly string[]): void {
  const { payload, tag, qid } = question;
  const [selector, sub] = [textAt(payload, "Selector"), textAt(payload, "SubSelector")];
  const rows = choicesOf(draft, question, "rows");
  if (selector === "TE" || selector === "CS") return addRowsAlone(draft, question, asked, rows, selector);
  const columns = choicesOf(draft, question, "options", "Answers");
  for (const [choice, row] of draft.rows.get(question.id) ?? []) if (choice.startsWith("#")) draft.places.set(`${qid}/${choice.slice(1)}`, { kind: "question", questionId: asked.id, row });
  const notes = [...remarks];
  if (selector === "MaxDiff") notes.push("Best and worst are asked as a table; the sets of a MaxDiff are not drawn.");
  else if (selector === "RO") notes.push("Ranks are columns of a table; that each is used once is not checked.");
  else if (!["Likert", "Bipolar", "Profile"].includes(selector)) notes.push(`The look “${selector}” is not known here; it is asked as a table.`);
  else if (sub === "DL" || sub === "DND") notes.push("It looks like a table rather than lists to pull down or drag.");
  addQuestion(draft, tag, { type: "matrix", ...asked, rows, columns, ...orderOf(draft, question), ...(sub === "MultipleAnswer" ? { isMultiple: true } : {}) }, notes);
}

function addRowsAlone(draft: Draft, question: QsfQuestion, asked: Asked, rows: readonly SurveyOption[], selector: string): void {
  const parts = rows.map((row, index): Question => {
    const id = index === 0 ? asked.id : claimId(draft, `${asked.id}_${row.id}`);
    draft.places.set(`${question.qid}/${row.id}`, { kind: "question", questionId: id });
    const base = { ...asked, id, title: joinTexts(asked.title, row.label) };
    return selector === "TE" ? { type: "text", ...base } : { type: "number", ...base, decimals: 2 };
  });
  addQuestions(draft, question.tag, parts, selector === "TE" ? "Each row of the table is a text question of its own." : "Each row of the table is a number of its own; sums are not checked.");
}

function addSideBySide(draft: Draft, question: QsfQuestion, asked: Asked): void {
  const columns = entriesAt(question.payload, "AdditionalQuestions");
  const parts = columns.flatMap(([key, column], index): Question[] => {
    const id = index === 0 ? asked.id : claimId(draft, textAt(column, "DataExportTag") || `${asked.id}_${key}`);
    const own: QsfQuestion = { ...question, id, tag: textAt(column, "DataExportTag") || `${question.tag}#${key}`, payload: column };
    const { text } = textOrStandIn(draft, own.tag, wordsAt(draft, column, "QuestionText"), own.tag);
    const rows = choicesOf(draft, own, "rows", "Choices", index === 0);
    const answers = choicesOf(draft, own, "options", "Answers");
    for (const [choice, row] of draft.rows.get(id) ?? []) if (choice.startsWith("#")) draft.places.set(`${question.qid}#${key}/${choice.slice(1)}`, { kind: "question", questionId: id, row });
    draft.places.set(`${question.qid}#${key}`, { kind: "question", questionId: id });
    const base = { ...asked, id, title: joinTexts(asked.title, text) };
    if (textAt(column, "Selector") === "TE") return rows.map((row, at) => ({ type: "text" as const, ...base, id: at === 0 ? id : claimId(draft, `${id}_${row.id}`), title: joinTexts(base.title, row.label) }));
    return [{ type: "matrix", ...base, rows, columns: answers, ...(textAt(column, "SubSelector") === "MultipleAnswer" ? { isMultiple: true } : {}) }];
  });
  addQuestions(draft, question.tag, parts, "The columns that stood side by side are tables one after the other.");
}

function addSum(draft: Draft, question: QsfQuestion, asked: Asked, remarks: readonly string[]): void {
  const total = numberAt(question.payload, "Validation", "Settings", "ChoiceTotal") ?? numberAt(question.payload, "Validation", "Settings", "Total");
  const notes = total === null || total <= 0 ? [...remarks, "The source demands no total; here it is 100."] : remarks;
  const options = choicesOf(draft, question);
  addQuestion(draft, question.tag, { type: "constant_sum", ...asked, options, ...orderOf(draft, question), total: total === null || total <= 0 || total > 1e6 ? 100 : total }, notes);
}

function addSliders(draft: Draft, question: QsfQuestion, asked: Asked): void {
  const { payload, tag } = question;
  const settings = memberOf(payload, "Configuration");
  const [min, max] = [numberAt(settings, "CSSliderMin") ?? 0, numberAt(settings, "CSSliderMax") ?? 100];
  const decimals = Math.min(6, Math.max(0, numberAt(settings, "NumDecimals") ?? 0));
  const stars = numberAt(settings, "StarCount") ?? max;
  const rows = choicesOf(draft, question, "rows");
  const parts = rows.map((row, index): Question => {
    const id = index === 0 ? asked.id : claimId(draft, `${asked.id}_${row.id}`);
    draft.places.set(`${question.qid}/${row.id}`, { kind: "question", questionId: id });
    const base = { ...asked, id, title: rows.length === 1 ? asked.title : joinTexts(asked.title, row.label) };
    if (textAt(payload, "Selector") === "STAR" && stars >= 2 && stars <= 10) return { type: "rating", ...base, min: 1, max: Math.trunc(stars), look: "stars" };
    return { type: "slider", ...base, min: Math.min(min, max - 1), max, step: 10 ** -decimals };
  });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    addQuestion(draft, tag, only);
    return;
  }
  addQuestions(draft, tag, parts, "Each line of the slider question is a question of its own.");
}
