import type { LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, say, textFrom, textOrStandIn } from "./draft.rules.ts";
import { plainText } from "./plain-text.rules.ts";
import { addQuestion, addQuestions, endsFrom } from "./questions.rules.ts";
import { qualtricsParts } from "./qualtrics-parts.rules.ts";
import type { Asked, QsfQuestion } from "./qualtrics-words.rules.ts";
import { choicesOf, orderOf, wordsAt } from "./qualtrics-words.rules.ts";
import { joinTexts } from "./texts-joined.rules.ts";
import { entriesAt, memberOf, numberAt, numberOf, textAt } from "./source-values.rules.ts";

/** Adds one question of a .qsf to the survey. */
export function addQsfQuestion(draft: Draft, question: QsfQuestion): void {
  const { payload, id } = question;
  const { text: title, remark } = textOrStandIn(draft, question.tag, wordsAt(draft, payload, "QuestionText"), question.tag);
  const isRequired = readRequired(draft, question);
  const asked: Asked = { id, title, isRequired, ...question.shown };
  const remarks = remark === null ? [] : [remark];
  switch (textAt(payload, "QuestionType")) {
    case "MC":
      return addChoice(draft, question, asked, remarks);
    case "TE":
      return addText(draft, question, asked, remarks);
    case "DB":
      addQuestion(draft, question.tag, { type: "statement", ...asked, isRequired: false }, textAt(payload, "Selector") === "GRB" ? [...remarks, "Its picture is left out."] : remarks);
      return;
    case "RO":
      addQuestion(draft, question.tag, { type: "ranking", ...asked, options: choicesOf(draft, question), ...orderOf(draft, question) }, remarks);
      return;
    case "FileUpload":
      addQuestion(draft, question.tag, { type: "file", ...asked, kinds: ["image", "pdf", "document", "audio"], filesMax: 1, sizeMaxMb: 10 }, remarks);
      return;
    case "Timing":
    case "Meta":
      return say(draft, "question", question.tag, "dropped", "Times and the browser are not asked; the times of a response are kept anyway.");
    case "Captcha":
      return say(draft, "question", question.tag, "dropped", "Programs are kept out without a riddle here.");
    default:
      return qualtricsParts(draft, question, asked, remarks);
  }
}

function addChoice(draft: Draft, question: QsfQuestion, asked: Asked, remarks: string[]): void {
  const { payload, tag } = question;
  const selector = textAt(payload, "Selector");
  if (selector === "NPS") return addScore(draft, question, asked, remarks);
  const options = choicesOf(draft, question);
  const hasPictures = entriesAt(payload, "Choices").some(([, choice]) => memberOf(choice, "Image") !== undefined);
  if (hasPictures) remarks.push("The pictures of its options are not in the file; add them again.");
  if (["MAVR", "MAHR", "MACOL", "MSB"].includes(selector)) {
    addQuestion(draft, tag, { type: "multi", ...asked, options, ...orderOf(draft, question), ...choiceRange(draft, question) }, remarks);
    return;
  }
  if (selector !== "" && !["SAVR", "SAHR", "SACOL", "DL", "SB"].includes(selector)) remarks.push(`The look “${selector}” is not known here; it is asked as a single choice.`);
  addQuestion(draft, tag, { type: selector === "DL" ? "dropdown" : "single", ...asked, options, ...orderOf(draft, question) }, remarks);
}

function addScore(draft: Draft, question: QsfQuestion, asked: Asked, remarks: readonly string[]): void {
  const { payload } = question;
  const scores = new Map(entriesAt(payload, "Choices").map(([key, choice]) => [`#${key}`, String(numberOf(plainText(textAt(choice, "Display"))) ?? key)] as const));
  draft.options.set(question.id, scores);
  const label = (which: "first" | "last"): LocalText => {
    const labels = entriesAt(payload, "ColumnLabels");
    const found = which === "first" ? labels[0] : labels.length > 1 ? labels.at(-1) : undefined;
    return found === undefined ? {} : textFrom(draft, question.tag, wordsAt(draft, payload, "ColumnLabels", found[0], "Display"));
  };
  addQuestion(draft, question.tag, { type: "nps", ...asked, ...endsFrom(label("first"), label("last")) }, remarks);
}

function addText(draft: Draft, question: QsfQuestion, asked: Asked, remarks: string[]): void {
  const { payload, tag } = question;
  const selector = textAt(payload, "Selector");
  if (selector === "FORM") return addForm(draft, question, asked);
  if (selector === "PW") remarks.push("What is typed can be read; do not ask for passwords.");
  const settings = memberOf(payload, "Validation", "Settings");
  const content = textAt(settings, "ContentType");
  const isContent = textAt(settings, "Type") === "ContentType";
  if (isContent) say(draft, "validation", tag, ["ValidEmail", "ValidPhone", "ValidUSPhone", "ValidNumber", "ValidDate", "ValidURL"].includes(content) ? "mapped" : "approximated", ["ValidEmail", "ValidPhone", "ValidUSPhone", "ValidNumber", "ValidDate", "ValidURL"].includes(content) ? null : `The check “${content}” is not done here; any text is taken.`, asked.id);
  if (isContent && content === "ValidEmail") return void addQuestion(draft, tag, { type: "email", ...asked }, remarks);
  if (isContent && content.endsWith("Phone")) return void addQuestion(draft, tag, { type: "phone", ...asked }, remarks);
  if (isContent && content === "ValidDate") return void addQuestion(draft, tag, { type: "date", ...asked }, remarks);
  if (isContent && content === "ValidNumber") {
    const [min, max, decimals] = [numberAt(settings, "ValidNumber", "Min"), numberAt(settings, "ValidNumber", "Max"), numberAt(settings, "ValidNumber", "NumDecimals")];
    addQuestion(draft, tag, {
      type: "number", ...asked, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }),
      decimals: decimals === null ? 6 : Math.min(6, Math.max(0, Math.trunc(decimals))),
    }, remarks);
    return;
  }
  const [least, most] = lengthsOf(draft, question);
  addQuestion(draft, tag, {
    type: "text", ...asked, ...(selector === "ML" || selector === "ESTB" ? { isLong: true } : {}),
    ...(isContent && content === "ValidURL" ? { format: "url" as const } : {}), ...(least === null ? {} : { minLength: least }), ...(most === null ? {} : { maxLength: most }),
  }, remarks);
}

function lengthsOf(draft: Draft, question: QsfQuestion): [number | null, number | null] {
  const settings = memberOf(question.payload, "Validation", "Settings");
  const type = textAt(settings, "Type");
  if (!["MinChar", "MaxChar", "CharRange", "TotalChar"].includes(type)) return [null, null];
  const least = type === "MaxChar" ? null : numberAt(settings, "MinChars") ?? numberAt(settings, "TotalChars");
  const most = type === "MinChar" ? null : numberAt(settings, "MaxChars") ?? numberAt(settings, "TotalChars");
  say(draft, "validation", `${question.tag} (${type})`, "mapped", null, question.id);
  return [least, most];
}

function addForm(draft: Draft, question: QsfQuestion, asked: Asked): void {
  const fields = choicesOf(draft, question, "rows");
  const parts = fields.map((field, index): Question => {
    const id = index === 0 ? asked.id : claimId(draft, `${asked.id}_${field.id}`);
    return { type: "text", ...asked, id, title: joinTexts(asked.title, field.label) };
  });
  addQuestions(draft, question.tag, parts, "Each field of the form is a question of its own.");
}

/** Whether an answer must be given; noted as validation when the source says anything of it. */
function readRequired(draft: Draft, question: QsfQuestion): boolean {
  const settings = memberOf(question.payload, "Validation", "Settings");
  const force = textAt(settings, "ForceResponse");
  if (textAt(settings, "Type") === "CustomValidation" || memberOf(settings, "CustomValidation") !== undefined) say(draft, "validation", `${question.tag} (custom)`, "dropped", "Checks with conditions of their own are not done here.", question.id);
  if (force === "RequestResponse" || textAt(settings, "ForceResponseType") === "RequestResponse") {
    say(draft, "validation", `${question.tag} (request response)`, "approximated", "Nobody is asked again here; the question may be left empty.", question.id);
    return false;
  }
  if (force !== "ON") return false;
  say(draft, "validation", `${question.tag} (force response)`, "mapped", null, question.id);
  return true;
}

function choiceRange(draft: Draft, question: QsfQuestion): { minChoices?: number; maxChoices?: number } {
  const settings = memberOf(question.payload, "Validation", "Settings");
  if (!/Choice/.test(textAt(settings, "Type"))) return {};
  const [min, max] = [numberAt(settings, "MinChoices"), numberAt(settings, "MaxChoices")];
  say(draft, "validation", `${question.tag} (number of choices)`, "mapped", null, question.id);
  return { ...(min === null ? {} : { minChoices: min }), ...(max === null ? {} : { maxChoices: max }) };
}

