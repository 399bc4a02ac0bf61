import { escapeHtml } from "#platform/http";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import { isCommon } from "../surveys/common-answers.rules.ts";
import type { Answers, LocalText, Question, SurveyContext, SurveyDefinition, Theme } from "../surveys/definition.contract.ts";
import { isRightToLeft, textIn } from "../surveys/local-text.rules.ts";
import { fillText } from "../surveys/piping.rules.ts";
import { fieldHtml } from "./field.page.ts";
import type { FieldWords } from "./field.page.ts";
import { languageName, pageTextsIn } from "./page-texts.rules.ts";
import { pictureUrl } from "./pictures.rules.ts";
import { themeCss } from "./theme-css.rules.ts";

/** `rareCss` is the style of the fields few surveys have; `preloadUrls` are scripts the first one will ask for. */
export type PageFrame = { nonce: string; css: string; rareCss: string; scriptUrl: string | null; preloadUrls: readonly string[] };

/** What the page needs to show a survey as a form that works without a script. The script reads `data` and takes the form's place. */
export type SurveyPageInput = {
  definition: SurveyDefinition;
  context: SurveyContext;
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

/** The whole survey on one page. */
export const surveyPage = (frame: PageFrame, given: SurveyPageInput): string => {
  const { definition, language } = given;
  const words = { language, languages: definition.languages, texts: pageTextsIn(language) };
  const say = (text: LocalText | undefined): string => fillText(textIn(text, language, definition.languages), given);
  const title = say(definition.title);
  const intro = say(definition.intro);
  const hidden = Object.entries(given.hidden).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const questions = definition.questions.map((question, index) => questionHtml(question, index, { words, say, given }));
  const style = definition.questions.every(isCommon) ? frame.css : `${frame.css}${frame.rareCss}`;
  return documentHtml({ ...frame, css: style }, {
    language, title, theme: definition.theme,
    body: `<h1>${escapeHtml(title)}</h1>${intro === "" ? "" : `<p class="intro">${escapeHtml(intro)}</p>`}
<form method="post" action="${escapeHtml(given.action)}" novalidate>${hidden.join("")}
${questions.join("\n")}
<p class="trap" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off"></label></p>
<p class="actions"><button class="primary">${escapeHtml(words.texts.send)}</button></p></form>`,
    foot: languageSwitch(given),
    data: given.data,
  });
};

/** A page that only says something: thank you, closed, unknown.
 *  @param given `onward`: an address to go on to */
export const messagePage = (frame: PageFrame, given: { language: string; title: string; text: string; theme: Theme; onward?: string | undefined }): string => {
  const onward = given.onward === undefined ? "" : `<p class="actions"><a class="primary" rel="noreferrer" href="${escapeHtml(given.onward)}">${escapeHtml(pageTextsIn(given.language).continueTo)}</a></p>`;
  return documentHtml({ ...frame, scriptUrl: null }, {
    language: given.language, title: given.title, theme: given.theme, foot: "", data: null,
    body: `<div class="message" role="status"><h1>${escapeHtml(given.title)}</h1><p>${escapeHtml(given.text)}</p>${onward}</div>`,
  });
};

const documentHtml = (frame: PageFrame, given: { language: string; title: string; theme: Theme; body: string; foot: string; data: unknown }): string => {
  const nonce = escapeHtml(frame.nonce);
  const direction = isRightToLeft(given.language) ? "rtl" : "ltr";
  const logo = given.theme.logoId === undefined ? "" : `<img class="logo" src="${pictureUrl(given.theme.logoId)}" alt="">`;
  // "js" hides all but the first question until the script takes over; when the script cannot load, everything shows again.
  const script = frame.scriptUrl === null ? "" : `<script type="application/json" id="survey-data">${jsonForHtml(given.data)}</script>
<script nonce="${nonce}">document.documentElement.classList.add("js");addEventListener("error",function(e){if(e.target&&e.target.src)document.documentElement.classList.remove("js")},true)</script>
<script type="module" nonce="${nonce}" src="${escapeHtml(frame.scriptUrl)}"></script>`;
  return `<!doctype html>
<html lang="${escapeHtml(given.language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(given.title)}</title>
<style nonce="${nonce}">${frame.css}${themeCss(given.theme)}</style>${preloadsHtml(frame)}</head>
<body>${logo}<main id="survey">${given.body}</main>${given.foot}
${script}</body></html>`;
};

const questionHtml = (
  question: Question,
  index: number,
  { words, say, given }: { words: FieldWords; say: (text: LocalText | undefined) => string; given: SurveyPageInput },
): string => {
  const title = say(question.title);
  const hint = say(question.hint);
  const problem = given.problems.find((one) => one.questionId === question.id);
  const mark = question.isRequired || question.type === "statement" ? "" : ` <span class="optional">(${escapeHtml(words.texts.optional)})</span>`;
  const errorId = `e${index}`;
  const error = problem === undefined ? "" : `<p class="error" id="${errorId}" role="alert">${escapeHtml(words.texts[problem.problem])}</p>`;
  return `<fieldset class="question"${problem === undefined ? "" : ` aria-describedby="${errorId}"`}><legend>${escapeHtml(title)}${mark}</legend>
${hint === "" ? "" : `<p class="hint">${escapeHtml(hint)}</p>`}${fieldHtml(question, words, given.answers, title)}${error}</fieldset>`;
};

const languageSwitch = (given: SurveyPageInput): string => {
  if (given.languageLinks.length < 2) return "";
  const links = given.languageLinks.map(({ language, url }) =>
    language === given.language
      ? `<span lang="${escapeHtml(language)}" aria-current="true">${escapeHtml(languageName(language))}</span>`
      : `<a lang="${escapeHtml(language)}" hreflang="${escapeHtml(language)}" href="${escapeHtml(url)}">${escapeHtml(languageName(language))}</a>`);
  return `<nav class="languages">${links.join(" ")}</nav>`;
};

const preloadsHtml = ({ nonce, scriptUrl, preloadUrls }: PageFrame): string =>
  scriptUrl === null ? "" : preloadUrls.map((url) => `<link rel="modulepreload" nonce="${escapeHtml(nonce)}" href="${escapeHtml(url)}">`).join("");

// "<" cannot end the script element or open a comment when it is written as an escape.
const jsonForHtml = (data: unknown): string => JSON.stringify(data).replaceAll("<", "\\u003c");
