import { escapeHtml } from "#platform/http";

/** The shell of the kiosk: the same for every device, so that one copy in the device's cache always fits. */
export const kioskPage = ({ nonce, css }: { nonce: string; css: string }): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex"><title>Kiosk</title><link rel="manifest" href="/k/app.webmanifest"><link rel="icon" href="/k/icon.svg" type="image/svg+xml">
<style nonce="${escapeHtml(nonce)}">${css}</style></head>
<body class="kiosk"><main id="survey" aria-live="off"><p>…</p></main><noscript>A kiosk needs its script.</noscript>
<script type="module" src="/s/client/kiosk.js"></script></body></html>`;
