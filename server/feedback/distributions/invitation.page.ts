import { escapeHtml } from "#platform/http";
import type { Theme } from "../surveys/definition.contract.ts";
import { isRightToLeft } from "../surveys/local-text.rules.ts";
import { themeCss } from "../survey-page/theme-css.rules.ts";
import type { MailWords } from "./mail-words.rules.ts";

type Frame = { nonce: string; css: string };

const OWN_CSS = `.chosen{font-size:32px;font-weight:700;margin:8px 0 24px;overflow-wrap:anywhere}.stop label{display:flex;gap:10px;align-items:center;min-height:44px}.stop input{width:20px;height:20px;margin:0;flex:none}
fieldset.stop{border:0;padding:0;margin:0 0 20px}button.primary{font:inherit;font-weight:600;cursor:pointer}`;

/** Shows the answer of a link before anything is kept: a browser with script sends it at once, one without by the button. */
export const confirmPage = (
  frame: Frame,
  given: { language: string; theme: Theme; words: MailWords; title: string; question: string; chosen: string; action: string; questionId: string; value: string },
): string => documentHtml(frame, given, `<h1>${escapeHtml(given.question)}</h1><p>${escapeHtml(given.words.confirmText)}</p><p class="chosen">${escapeHtml(given.chosen)}</p>
<form method="post" action="${escapeHtml(given.action)}" id="confirm"><input type="hidden" name="q" value="${escapeHtml(given.questionId)}"><input type="hidden" name="a" value="${escapeHtml(given.value)}">
<p class="actions"><button class="primary">${escapeHtml(given.words.confirm)}</button></p></form>
<script nonce="${escapeHtml(frame.nonce)}">if(document.visibilityState==="prerender"){addEventListener("visibilitychange",function(){document.getElementById("confirm").submit()},{once:true})}else{document.getElementById("confirm").submit()}</script>`);

/** What a person no longer wants. One press on the button is enough; the wish in the address of the mail is chosen already. */
export const stopPage = (
  frame: Frame,
  given: { language: string; theme: Theme; words: MailWords; title: string; text: string; action: string; hasPhone: boolean; chosen: "email" | "text" | "all" },
): string => {
  const option = (value: "email" | "text" | "all", label: string): string =>
    `<label><input type="radio" name="channel" value="${value}"${given.chosen === value ? " checked" : ""}> ${escapeHtml(label)}</label>`;
  return documentHtml(frame, given, `<h1>${escapeHtml(given.words.stopTitle)}</h1>
<form method="post" action="${escapeHtml(given.action)}"><fieldset class="stop"><legend>${escapeHtml(given.text)}</legend>
${option("email", given.words.stopEmail)}${given.hasPhone ? option("text", given.words.stopTexts) : ""}${option("all", given.words.stopAll)}</fieldset>
<p class="actions"><button class="primary">${escapeHtml(given.words.stopSave)}</button></p></form>`);
};

/** Says that it was kept, and lets it be taken back. */
export const stoppedPage = (frame: Frame, given: { language: string; theme: Theme; words: MailWords; title: string; action: string; channel: string }): string =>
  documentHtml(frame, given, `<div role="status"><h1>${escapeHtml(given.words.stoppedTitle)}</h1><p>${escapeHtml(given.words.stoppedText)}</p></div>
<form method="post" action="${escapeHtml(given.action)}"><input type="hidden" name="allow" value="${escapeHtml(given.channel)}"><p class="actions"><button class="primary">${escapeHtml(given.words.allow)}</button></p></form>`);

const documentHtml = (frame: Frame, given: { language: string; theme: Theme; title: string }, body: string): string => {
  const nonce = escapeHtml(frame.nonce);
  return `<!doctype html>
<html lang="${escapeHtml(given.language)}" dir="${isRightToLeft(given.language) ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(given.title)}</title><style nonce="${nonce}">${frame.css}${themeCss(given.theme)}${OWN_CSS}</style></head>
<body><main id="survey">${body}</main></body></html>`;
};
