import { escapeHtml } from "#platform/http";
import type { Theme } from "../surveys/definition.contract.ts";
import { isRightToLeft } from "../surveys/local-text.rules.ts";
import { inkOn } from "../surveys/theme.rules.ts";
import type { MailAnswer } from "./mail-answers.rules.ts";
import type { MailWords } from "./mail-words.rules.ts";

/** All that a mail shows. Every text is plain and may hold anything people typed; it is escaped here. */
export type InvitationMail = {
  language: string;
  subject: string;
  intro: string;
  theme: Theme;
  words: MailWords;
  whySent: string;
  /** Null: the mail asks nothing itself and leads to the page. */
  question: { title: string; hint: string; answers: readonly MailAnswer[]; low: string; high: string; isScale: boolean } | null;
  urls: { survey: string; answer: (value: string) => string; unsubscribe: string; trap: string };
};

/** The mail as HTML for mail programs: tables without meaning, styles in place, nothing loaded, no script and no picture that would tell who reads. */
export const invitationHtml = (mail: InvitationMail): string => {
  const direction = isRightToLeft(mail.language) ? "rtl" : "ltr";
  const { accent } = mail.theme;
  return `<!doctype html>
<html lang="${escapeHtml(mail.language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(mail.subject)}</title>
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#101114!important}.card{background:#191b20!important}.ink{color:#ecedf1!important}.dim{color:#a5abb8!important}.point{background:#2a2d35!important;color:#ecedf1!important;border-color:#767c8a!important}}
@media (max-width:480px){.point{padding:11px 0!important}}</style></head>
<body style="margin:0;padding:0">
<div class="page" role="article" aria-roledescription="email" lang="${escapeHtml(mail.language)}" dir="${direction}" style="background:#f4f4f2;padding:24px 8px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<div role="main"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border-radius:12px;border-top:4px solid ${accent}"><tr><td style="padding:28px 24px">
<p class="ink" style="margin:0 0 20px;font-size:16px;line-height:1.5;color:#16181d">${paragraphs(mail.intro)}</p>
${mail.question === null ? "" : questionHtml(mail.question, mail)}
<p style="margin:24px 0 0"><a href="${escapeHtml(mail.urls.survey)}" style="${mail.question === null ? buttonStyle(accent) : "color:#1d4ed8"}"${mail.question === null ? "" : " class=\"dim\""}>${escapeHtml(mail.question === null ? mail.words.answer : mail.words.orOpen)}</a></p>
</td></tr></table>
<p class="dim" style="max-width:600px;margin:16px auto 0;font-size:13px;line-height:1.5;color:#565c68">${escapeHtml(mail.whySent)}<br>
<a class="dim" href="${escapeHtml(mail.urls.unsubscribe)}" style="color:#565c68">${escapeHtml(mail.words.unsubscribe)}</a></p>
<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;font-size:0;line-height:0"><a href="${escapeHtml(mail.urls.trap)}" tabindex="-1" rel="nofollow"></a></div>
</td></tr></table></div></div></body></html>`;
};

/** The same in plain words, with a link for each answer. */
export const invitationText = (mail: InvitationMail): string => {
  const { question, urls, words } = mail;
  const asked = question === null ? [] : [
    question.title, ...(question.hint === "" ? [] : [question.hint]), "",
    ...question.answers.map((answer) => `${[answer.mark, answer.meaning].filter((part) => part !== "").join(" – ")}: ${urls.answer(answer.value)}`), "",
  ];
  return [mail.intro, "", ...asked, `${question === null ? words.answer : words.orOpen}: ${urls.survey}`, "", "-- ", mail.whySent, `${words.unsubscribe}: ${urls.unsubscribe}`, ""].join("\n");
};

const questionHtml = (question: NonNullable<InvitationMail["question"]>, mail: InvitationMail): string => {
  const { answers, low, high, isScale } = question;
  const title = `<h1 class="ink" style="margin:0 0 12px;font-size:20px;line-height:1.35;color:#16181d">${escapeHtml(question.title)}</h1>${
    question.hint === "" ? "" : `<p class="dim" style="margin:0 0 12px;font-size:14px;color:#565c68">${escapeHtml(question.hint)}</p>`}`;
  if (!isScale) return title + answers.map((answer) => `<p style="margin:0 0 8px">${linkHtml(answer, mail, "display:block;text-align:start;padding:12px 16px")}</p>`).join("");
  const cells = answers.map((answer) => `<td align="center" style="padding:2px">${linkHtml(answer, mail, "display:block;text-align:center;padding:11px 4px")}</td>`).join("");
  const ends = low === "" && high === "" ? "" : `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="dim" style="font-size:13px;color:#565c68;padding-top:6px;text-align:start">${escapeHtml(low)}</td><td class="dim" style="font-size:13px;color:#565c68;padding-top:6px;text-align:end">${escapeHtml(high)}</td></tr></table>`;
  // Numbers run from left to right in every language of the scale's readers only when the table says so itself.
  return `${title}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed"><tr>${cells}</tr></table>${ends}`;
};

const linkHtml = ({ value, mark, meaning }: MailAnswer, mail: InvitationMail, style: string): string => {
  const label = meaning === "" || meaning === mark ? "" : ` aria-label="${escapeHtml(`${mark}: ${meaning}`)}"`;
  return `<a class="point" href="${escapeHtml(mail.urls.answer(value))}"${label} style="${style};border:1px solid #8a8f9c;border-radius:8px;background:#ffffff;color:#16181d;text-decoration:none;font-size:16px;font-weight:600">${escapeHtml(mark)}</a>`;
};

const buttonStyle = (accent: string): string =>
  `display:inline-block;background:${accent};color:${inkOn(accent)};border-radius:8px;padding:13px 24px;font-size:16px;font-weight:600;text-decoration:none`;

const paragraphs = (text: string): string => escapeHtml(text).replace(/\r?\n/g, "<br>");
