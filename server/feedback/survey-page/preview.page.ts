import { escapeHtml } from "#platform/http";
import type { PageFrame } from "./survey.page.ts";

/** An empty frame for the builder: the same script as on the public page waits here for a survey to show, and saves nothing. */
export const previewPage = (frame: PageFrame): string => {
  const nonce = escapeHtml(frame.nonce);
  const script = frame.scriptUrl === null ? "" : `<script type="module" nonce="${nonce}" src="${escapeHtml(frame.scriptUrl)}"></script>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Preview</title>
<style nonce="${nonce}">${frame.css}${frame.rareCss}</style></head>
<body><section id="survey" aria-label="Survey as customers see it" data-preview></section>${script}</body></html>`;
};
