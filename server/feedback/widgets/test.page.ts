import { escapeHtml } from "#platform/http";

/** A page to try a survey on: what a website would include, a button that calls it, and room to scroll. */
export const testPage = (given: { nonce: string; key: string; slug: string; visitor: { userId: string; proof: string } | null }): string => {
  const { nonce, key, slug, visitor } = given;
  const show = inScript(slug);
  const identify = visitor === null ? "" : `window.firsthand=window.firsthand||[];firsthand.push(["identify",${inScript(visitor)}]);`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Test page</title>
<style nonce="${escapeHtml(nonce)}">:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:10vh auto;padding:0 20px}main{min-height:220vh}button{font:inherit;padding:10px 18px;cursor:pointer}</style>
<script nonce="${escapeHtml(nonce)}" async src="/w.js" data-key="${escapeHtml(key)}"></script></head>
<body><main><h1>Test page</h1>${visitor === null ? "" : `<p>You are here as <strong>${escapeHtml(visitor.userId)}</strong>.</p>`}<p>This page carries the code of your website. Surveys show here as they would there: wait, scroll, move the pointer out at the top.
A survey this device has seen rests for as long as its settings say; the button shows it at once. Answers given here count.</p>
<p><button id="show" type="button">Show the survey now</button></p></main>
<script nonce="${escapeHtml(nonce)}">${identify}document.getElementById("show").addEventListener("click",function(){window.firsthand=window.firsthand||[];firsthand.push(["show",${show}])})</script></body></html>`;
};

const inScript = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
