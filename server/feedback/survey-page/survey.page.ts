import { escapeHtml } from "#platform/http";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import { SCALES, OTHER_TEXT_LENGTH_MAX, TEXT_LENGTH_MAX, answerTo } from "../surveys/answers.rules.ts";
import type { Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { inkOn } from "../surveys/theme.rules.ts";
import { isRightToLeft, textIn } from "../surveys/local-text.rules.ts";
import { fieldName, otherFieldName } from "./form.rules.ts";
import { languageName, pageTextsIn } from "./page-texts.rules.ts";
import type { PageTexts } from "./page-texts.rules.ts";
import { scaleEndsOf } from "./scale-ends.rules.ts";

export type PageFrame = { nonce: string; css: string; scriptUrl: string | null };

/** What the page needs to show a survey as a form that works without a script. The script reads `data` and takes the form's place. */
export type SurveyPageInput = {
  definition: SurveyDefinition;
  language: string;
  /** Where the form is posted; also carries what the link said (channel, token). */
  action: string;
  /** Addresses of the same page in the survey's other languages. */
  languageLinks: readonly { language: string; url: string }[];
  hidden: Readonly<Record<string, string>>;
  answers: Answers;
  problems: readonly AnswerProblem[];
  data: unknown;
};

type Words = { language: string; languages: readonly string[]; texts: PageTexts };

/** The whole survey on one page. */
export const surveyPage = (frame: PageFrame, given: SurveyPageInput): string => {
  const { definition, language } = given;
  const words = { language, languages: definition.languages, texts: pageTextsIn(language) };
  const title = textIn(definition.title, language, definition.languages);
  const intro = textIn(definition.intro, language, definition.languages);
  const hidden = Object.entries(given.hidden).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const questions = definition.questions.map((question, index) => questionHtml(question, index, words, given));
  return documentHtml(frame, {
    language, title, accent: definition.theme.accent,
    body: `<h1>${escapeHtml(title)}</h1>${intro === "" ? "" : `<p class="intro">${escapeHtml(intro)}</p>`}
<form method="post" action="${escapeHtml(given.action)}" novalidate>${hidden.join("")}
${questions.join("\n")}
<p class="trap" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off"></label></p>
<p class="actions"><button class="primary">${escapeHtml(words.texts.send)}</button></p></form>`,
    foot: languageSwitch(given),
    data: given.data,
  });
};

/** A page that only says something: thank you, closed, unknown. */
export const messagePage = (frame: PageFrame, given: { language: string; title: string; text: string; accent: string }): string =>
  documentHtml({ ...frame, scriptUrl: null }, {
    language: given.language, title: given.title, accent: given.accent, foot: "", data: null,
    body: `<div class="message" role="status"><h1>${escapeHtml(given.title)}</h1><p>${escapeHtml(given.text)}</p></div>`,
  });

const documentHtml = (frame: PageFrame, given: { language: string; title: string; accent: string; body: string; foot: string; data: unknown }): string => {
  const nonce = escapeHtml(frame.nonce);
  const direction = isRightToLeft(given.language) ? "rtl" : "ltr";
  // "js" hides all but the first question until the script takes over; when the script cannot load, everything shows again.
  const script = frame.scriptUrl === null ? "" : `<script type="application/json" id="survey-data">${jsonForHtml(given.data)}</script>
<script nonce="${nonce}">document.documentElement.classList.add("js");addEventListener("error",function(e){if(e.target&&e.target.src)document.documentElement.classList.remove("js")},true)</script>
<script type="module" nonce="${nonce}" src="${escapeHtml(frame.scriptUrl)}"></script>`;
  return `<!doctype html>
<html lang="${escapeHtml(given.language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(given.title)}</title>
<style nonce="${nonce}">:root{--accent:${given.accent};--ink-on-accent:${inkOn(given.accent)}}${frame.css}</style></head>
<body><main id="survey">${given.body}</main>${given.foot}
${script}</body></html>`;
};

const questionHtml = (question: Question, index: number, words: Words, given: SurveyPageInput): string => {
  const title = textIn(question.title, words.language, words.languages);
  const hint = textIn(question.hint, words.language, words.languages);
  const problem = given.problems.find((one) => one.questionId === question.id);
  const mark = question.isRequired ? "" : ` <span class="optional">(${escapeHtml(words.texts.optional)})</span>`;
  const errorId = `e${index}`;
  const error = problem === undefined ? "" : `<p class="error" id="${errorId}" role="alert">${escapeHtml(words.texts[problem.problem])}</p>`;
  return `<fieldset class="question"${problem === undefined ? "" : ` aria-describedby="${errorId}"`}><legend>${escapeHtml(title)}${mark}</legend>
${hint === "" ? "" : `<p class="hint">${escapeHtml(hint)}</p>`}${fieldHtml(question, words, given.answers, title)}${error}</fieldset>`;
};

const fieldHtml = (question: Question, words: Words, answers: Answers, title: string): string => {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
      return scaleHtml(question, words, answers);
    case "single":
    case "multi":
      return choicesHtml(question, words, answers);
    case "text": {
      const text = escapeHtml(answerTo(answers, question.id)?.text ?? "");
      const attributes = `name="${fieldName(question.id)}" maxlength="${TEXT_LENGTH_MAX}" aria-label="${escapeHtml(title)}"`;
      return question.isLong === false ? `<input ${attributes} value="${text}">` : `<textarea ${attributes} rows="4">${text}</textarea>`;
    }
  }
};

const scaleHtml = (question: Extract<Question, { type: "nps" | "csat" | "ces" }>, words: Words, answers: Answers): string => {
  const { min, max } = SCALES[question.type];
  const chosen = answerTo(answers, question.id)?.number;
  const { low, high } = scaleEndsOf(question, words);
  const points = Array.from({ length: max - min + 1 }, (_, offset) => min + offset).map((point) => {
    const meaning = point === min ? low : point === max ? high : "";
    return `<label class="point"><input type="radio" name="${fieldName(question.id)}" value="${point}"${chosen === point ? " checked" : ""}><span>${point}</span>${meaning === "" ? "" : `<span class="spoken">${escapeHtml(meaning)}</span>`}</label>`;
  });
  return `<div class="scale points-${points.length}">${points.join("")}</div><div class="ends" aria-hidden="true"><span>${escapeHtml(low)}</span><span>${escapeHtml(high)}</span></div>`;
};

const choicesHtml = (question: Extract<Question, { type: "single" | "multi" }>, words: Words, answers: Answers): string => {
  const answer = answerTo(answers, question.id);
  const type = question.type === "single" ? "radio" : "checkbox";
  return question.options.map((option) => {
    const checked = (answer?.choices ?? []).includes(option.id) ? " checked" : "";
    const label = textIn(option.label, words.language, words.languages);
    const other = option.isOther === true
      ? `<input class="other" name="${otherFieldName(question.id)}" maxlength="${OTHER_TEXT_LENGTH_MAX}" aria-label="${escapeHtml(words.texts.other)}" placeholder="${escapeHtml(words.texts.other)}" value="${escapeHtml(answer?.text ?? "")}">`
      : "";
    return `<div class="option"><label><input type="${type}" name="${fieldName(question.id)}" value="${escapeHtml(option.id)}"${checked}><span>${escapeHtml(label)}</span></label>${other}</div>`;
  }).join("");
};

const languageSwitch = (given: SurveyPageInput): string => {
  if (given.languageLinks.length < 2) return "";
  const links = given.languageLinks.map(({ language, url }) =>
    language === given.language
      ? `<span lang="${escapeHtml(language)}" aria-current="true">${escapeHtml(languageName(language))}</span>`
      : `<a lang="${escapeHtml(language)}" hreflang="${escapeHtml(language)}" href="${escapeHtml(url)}">${escapeHtml(languageName(language))}</a>`);
  return `<nav class="languages">${links.join(" ")}</nav>`;
};

// "<" cannot end the script element or open a comment when it is written as an escape.
const jsonForHtml = (data: unknown): string => JSON.stringify(data).replaceAll("<", "\\u003c");
