import { escapeHtml } from "#platform/http";

const CSS = `:root{color-scheme:light dark;--page:#f7f7f5;--card:#fff;--ink:#16181d;--dim:#5d636f;--line:#8a8f9c;--bad:#b3261e;--mark:#3b4fd8;--on-mark:#fff}
@media(prefers-color-scheme:dark){:root{--page:#101114;--card:#191b20;--ink:#ecedf1;--dim:#a5abb8;--line:#767c8a;--bad:#ff9b92;--mark:#a3aeee;--on-mark:#000}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;display:flex;flex-direction:column;align-items:center;padding:clamp(12px,6vh,72px) 16px 24px}
main{width:100%;max-width:640px;background:var(--card);border-radius:12px;padding:clamp(20px,5vw,36px);overflow-wrap:anywhere}
h1{font-size:24px;margin:0 0 8px}p{margin:0 0 16px}label{display:block;font-weight:600;margin:16px 0 4px}fieldset{border:0;padding:0;margin:16px 0 0;min-width:0}legend{font-weight:600;padding:0}
.check{display:flex;gap:10px;align-items:flex-start;font-weight:400;margin:12px 0 0}.check input{width:20px;height:20px;margin:3px 0 0;flex:none;accent-color:var(--mark)}
.stars{display:flex;flex-wrap:wrap;gap:6px 16px;margin-top:6px}.stars label{display:flex;gap:6px;align-items:center;font-weight:400;margin:0;min-height:32px}.stars input{width:20px;height:20px;margin:0;accent-color:var(--mark)}
textarea,input[type=text]{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}textarea{min-height:140px;resize:vertical}
button{font:inherit;font-weight:600;border-radius:8px;padding:11px 22px;border:1px solid transparent;background:var(--mark);color:var(--on-mark);cursor:pointer;margin-top:20px}
.plain{background:none;color:var(--ink);border-color:var(--line)}.hint{color:var(--dim);font-size:14px;font-weight:400}.error{color:var(--bad);font-weight:600}.website{position:absolute;left:-9999px}`;

export type TestimonialForm = {
  organisation: string; action: string; name: string; title: string; text: string; stars: number | null; showsName: boolean; problem: string | null;
  wording: { withName: string; withoutName: string }; isGiven: boolean;
};

/** The form behind the link of the mail. It works without a script, and nothing is recorded until it is sent. */
export const testimonialPage = (nonce: string, form: TestimonialForm): string => {
  const stars = [1, 2, 3, 4, 5].map((value) =>
    `<label><input type="radio" name="stars" value="${value}"${form.stars === value ? " checked" : ""}> ${value} ${value === 1 ? "star" : "stars"}</label>`).join("");
  return documentHtml(nonce, `Your words about ${form.organisation}`, `<h1>Your words about ${escapeHtml(form.organisation)}</h1>
<p>${escapeHtml(form.organisation)} would like to show others what you think. Write it in your own words: they will not be changed.</p>
${form.problem === null ? "" : `<p class="error" role="alert">${escapeHtml(form.problem)}</p>`}
<form method="post" action="${escapeHtml(form.action)}">
<label for="text">What would you tell others?</label><textarea id="text" name="text" maxlength="4000" required>${escapeHtml(form.text)}</textarea>
<fieldset><legend>Stars <span class="hint">(optional)</span></legend><div class="stars">${stars}</div></fieldset>
<label for="name">Your name, as it may be shown <span class="hint">(optional)</span></label><input type="text" id="name" name="name" maxlength="120" autocomplete="name" value="${escapeHtml(form.name)}">
<label for="title">What you do, your company or place <span class="hint">(optional)</span></label><input type="text" id="title" name="title" maxlength="120" autocomplete="organization-title" value="${escapeHtml(form.title)}">
<input class="website" type="text" name="website" tabindex="-1" autocomplete="off" aria-hidden="true">
<fieldset><legend>Do you agree?</legend>
<label class="check"><input type="radio" name="consent" value="name" required${form.isGiven && form.showsName ? " checked" : ""}> <span><b>Yes, with my name.</b> ${escapeHtml(form.wording.withName)}</span></label>
<label class="check"><input type="radio" name="consent" value="anonymous"${form.isGiven && !form.showsName ? " checked" : ""}> <span><b>Yes, without my name.</b> ${escapeHtml(form.wording.withoutName)}</span></label></fieldset>
<button type="submit" name="act" value="give">Send</button></form>
${form.isGiven ? `<form method="post" action="${escapeHtml(form.action)}"><button class="plain" type="submit" name="act" value="withdraw">Take my words back</button></form>` : ""}`);
};

export const testimonialMessage = (nonce: string, given: { title: string; text: string; withdrawAction?: string }): string =>
  documentHtml(nonce, given.title, `<h1>${escapeHtml(given.title)}</h1><p role="status">${escapeHtml(given.text)}</p>${given.withdrawAction === undefined ? "" : `
<form method="post" action="${escapeHtml(given.withdrawAction)}"><button class="plain" type="submit" name="act" value="withdraw">Take my words back</button></form>`}`);

const documentHtml = (nonce: string, title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style nonce="${escapeHtml(nonce)}">${CSS}</style></head><body><main>${body}</main></body></html>`;
