import { escapeHtml } from "#platform/http";
import { FIELD_LENGTH_MAX, OTHER_TEXT_LENGTH_MAX, TEXT_LENGTH_MAX, answerTo, ownOf, scaleOf } from "../surveys/answers.rules.ts";
import type { ChoiceQuestion, ScaleQuestion } from "../surveys/answers.rules.ts";
import type { Answer, Answers, LocalText, Question, QuestionOf } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { inputOf } from "./fields.rules.ts";
import { fieldName } from "./form.rules.ts";
import type { PageTexts } from "./page-texts.rules.ts";
import { pictureUrl } from "./pictures.rules.ts";
import { pointOf, scaleEndsOf } from "./scale-ends.rules.ts";

export type FieldWords = { language: string; languages: readonly string[]; texts: PageTexts };

/** The field of a question in a form that works without a script: the same markup as the script draws, so that one style fits both.
 *  @param title of the question, to name fields that stand alone */
export const fieldHtml = (question: Question, words: FieldWords, answers: Answers, title: string): string => {
  const answer = answerTo(answers, question.id);
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return scaleHtml(question, words, answer);
    case "single":
    case "multi":
    case "picture":
      return choicesHtml(question, words, answer);
    case "dropdown":
      return dropdownHtml(question, words, answer, title);
    case "ranking":
      return partsHtml(question, question.options, words, (id) => selectHtml(fieldName(question.id, id), question.options.map((_, index) => [String(index + 1), String(index + 1)]),
        placeOf(answer, id), labelOf(question.options, id, words)));
    case "matrix":
      return matrixHtml(question, words, answer);
    case "constant_sum":
      return partsHtml(question, question.options, words, (id) => inputHtml({ type: "number", min: 0, max: question.total, step: "any" }, fieldName(question.id, id),
        String(ownOf(answer?.amounts, id) ?? ""), labelOf(question.options, id, words)));
    case "contact":
      return question.fields.map((field) => `<label class="part"><span>${escapeHtml(words.texts[field])}</span>${inputHtml(inputOf(field), fieldName(question.id, field),
        ownOf(answer?.fields, field) ?? "", words.texts[field])}</label>`).join("");
    case "consent":
      return `<div class="option"><label><input type="checkbox" name="${fieldName(question.id)}" value="yes"${answer?.choices?.[0] === "yes" ? " checked" : ""}><span>${escapeHtml(say(question.statement, words))}</span></label></div>`;
    case "text":
      return textHtml(question, answer, title);
    case "slider":
    case "number":
      return `${inputHtml(inputOf(question), fieldName(question.id), String(answer?.number ?? ""), title)}${unitHtml(question.unit, words)}`;
    case "date":
    case "email":
    case "phone":
      return inputHtml(inputOf(question), fieldName(question.id), answer?.text ?? "", title);
    case "file":
      return `<p class="hint">${escapeHtml(words.texts.needsScript)}</p>`;
    case "statement":
      return "";
  }
};

const say = (text: LocalText | undefined, words: FieldWords): string => textIn(text, words.language, words.languages);
const labelOf = (options: readonly { id: string; label: LocalText }[], id: string, words: FieldWords): string => say(options.find((option) => option.id === id)?.label, words);
const placeOf = (answer: Answer | undefined, id: string): string => {
  const place = (answer?.choices ?? []).indexOf(id);
  return place === -1 ? "" : String(place + 1);
};

const scaleHtml = (question: ScaleQuestion, words: FieldWords, answer: Answer | undefined): string => {
  const scale = scaleOf(question);
  const { low, high } = scaleEndsOf(question, words);
  const look = "look" in question ? (question.look ?? "numbers") : "numbers";
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_, offset) => scale.min + offset).map((point) => {
    const { mark, meaning } = pointOf(question, point, scale, words);
    return `<label class="point"><input type="radio" name="${fieldName(question.id)}" value="${point}"${answer?.number === point ? " checked" : ""}><span${look === "numbers" || look === "words" ? "" : ' aria-hidden="true"'}>${escapeHtml(mark)}</span>${meaning === "" ? "" : `<span class="spoken">${escapeHtml(meaning)}</span>`}</label>`;
  });
  const ends = look === "words" || `${low}${high}` === "" ? "" : `<div class="ends" aria-hidden="true"><span>${escapeHtml(low)}</span><span>${escapeHtml(high)}</span></div>`;
  return `<div class="scale ${look} points-${points.length}">${points.join("")}</div>${ends}`;
};

const choicesHtml = (question: Extract<ChoiceQuestion, { type: "single" | "multi" | "picture" }>, words: FieldWords, answer: Answer | undefined): string => {
  const isSingle = question.type === "single" || (question.type === "picture" && question.isMultiple !== true);
  return question.options.map((option) => {
    const checked = (answer?.choices ?? []).includes(option.id) ? " checked" : "";
    const picture = option.imageId === undefined ? "" : `<img src="${pictureUrl(option.imageId)}" alt="" loading="lazy">`;
    const other = option.isOther === true
      ? `<input class="other" name="${fieldName(question.id, "other")}" maxlength="${OTHER_TEXT_LENGTH_MAX}" aria-label="${escapeHtml(words.texts.other)}" placeholder="${escapeHtml(words.texts.other)}" value="${escapeHtml(answer?.text ?? "")}">`
      : "";
    return `<div class="option"><label><input type="${isSingle ? "radio" : "checkbox"}" name="${fieldName(question.id)}" value="${escapeHtml(option.id)}"${checked}>${picture}<span>${escapeHtml(say(option.label, words))}</span></label>${other}</div>`;
  }).join("");
};

const dropdownHtml = (question: QuestionOf<"dropdown">, words: FieldWords, answer: Answer | undefined, title: string): string => {
  const other = question.options.some(({ isOther }) => isOther === true)
    ? `<input class="other" name="${fieldName(question.id, "other")}" maxlength="${OTHER_TEXT_LENGTH_MAX}" aria-label="${escapeHtml(words.texts.other)}" placeholder="${escapeHtml(words.texts.other)}" value="${escapeHtml(answer?.text ?? "")}">`
    : "";
  return selectHtml(fieldName(question.id), question.options.map(({ id, label }) => [id, say(label, words)]), answer?.choices?.[0] ?? "", title, words.texts.select) + other;
};

const matrixHtml = (question: QuestionOf<"matrix">, words: FieldWords, answer: Answer | undefined): string => {
  const type = question.isMultiple === true ? "checkbox" : "radio";
  const head = question.columns.map(({ label }) => `<th scope="col">${escapeHtml(say(label, words))}</th>`).join("");
  const rows = question.rows.map((row) => {
    const label = say(row.label, words);
    const cells = question.columns.map((column) => {
      const checked = (ownOf(answer?.rows, row.id) ?? []).includes(column.id) ? " checked" : "";
      const name = escapeHtml(say(column.label, words));
      return `<td><label><input type="${type}" name="${fieldName(question.id, row.id)}" value="${escapeHtml(column.id)}"${checked} aria-label="${escapeHtml(label)}: ${name}"><span aria-hidden="true">${name}</span></label></td>`;
    });
    return `<tr><th scope="row">${escapeHtml(label)}</th>${cells.join("")}</tr>`;
  });
  return `<table class="matrix"><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
};

const textHtml = (question: QuestionOf<"text">, answer: Answer | undefined, title: string): string => {
  const text = escapeHtml(answer?.text ?? "");
  const attributes = `name="${fieldName(question.id)}" maxlength="${question.maxLength ?? TEXT_LENGTH_MAX}" aria-label="${escapeHtml(title)}"`;
  return question.isLong === false ? `<input type="text" ${attributes} value="${text}">` : `<textarea ${attributes} rows="4">${text}</textarea>`;
};

const partsHtml = (question: Question, options: readonly { id: string; label: LocalText }[], words: FieldWords, field: (id: string) => string): string =>
  `<div class="parts ${question.type}">${options.map(({ id, label }) => `<label class="part"><span>${escapeHtml(say(label, words))}</span>${field(id)}</label>`).join("")}</div>`;

const selectHtml = (name: string, options: readonly (readonly [string, string])[], chosen: string, title: string, empty = "–"): string =>
  `<select name="${escapeHtml(name)}" aria-label="${escapeHtml(title)}"><option value="">${escapeHtml(empty)}</option>${options.map(([value, label]) =>
    `<option value="${escapeHtml(value)}"${value === chosen ? " selected" : ""}>${escapeHtml(label)}</option>`).join("")}</select>`;

const inputHtml = (attributes: ReturnType<typeof inputOf>, name: string, value: string, title: string): string => {
  const given = Object.entries(attributes).flatMap(([key, one]) => (one === undefined ? [] : [`${key}="${escapeHtml(String(one))}"`]));
  return `<input ${given.join(" ")} name="${escapeHtml(name)}" maxlength="${FIELD_LENGTH_MAX}" aria-label="${escapeHtml(title)}" value="${escapeHtml(value)}">`;
};

const unitHtml = (unit: LocalText | undefined, words: FieldWords): string => (unit === undefined ? "" : ` <span class="unit">${escapeHtml(say(unit, words))}</span>`);
