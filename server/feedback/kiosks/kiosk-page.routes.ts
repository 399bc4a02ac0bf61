import { readFileSync, statSync } from "node:fs";
import type { RawRoutes } from "#platform/http";
import { kioskPage } from "./kiosk.page.ts";

const WIDGET = new URL("../../../widget/", import.meta.url);

/** The kiosk's page, its service worker and what it installs as. The worker answers for this page and what it loads, so that a reload works without a line. */
export const kioskPageRoutes: RawRoutes = (app) => {
  app.get("/k", (request, reply) =>
    reply.headers({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": [
        "default-src 'none'", "script-src 'self'", `style-src 'nonce-${request.cspNonce}'`, "connect-src 'self'", "img-src 'self' data:", "manifest-src 'self'", "worker-src 'self'",
        "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
      ].join("; "),
    }).send(kioskPage({ nonce: request.cspNonce, css: cssOfKiosk() })));
  app.get("/k/app.webmanifest", (_request, reply) => reply.headers({ "content-type": "application/manifest+json", "cache-control": "no-cache" }).send(MANIFEST));
  app.get("/k/icon.svg", (_request, reply) => reply.headers({ "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }).send(ICON));
  app.get("/k/worker.js", (_request, reply) => {
    const script = readIfThere(new URL("dist/kiosk-worker.js", WIDGET));
    if (script === null) return reply.code(404).send("The kiosk is not built.");
    // Which build this is tells the browser whether there is a newer worker.
    return reply.headers({ "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache", "service-worker-allowed": "/k" }).send(script);
  });
};

const cssOfKiosk = (): string => ["survey/survey.css", "survey/rare.css", "kiosk/kiosk.css"].map((name) => readIfThere(new URL(name, WIDGET)) ?? "").join("");

const readIfThere = (url: URL): string | null => (statSync(url, { throwIfNoEntry: false }) === undefined ? null : readFileSync(url, "utf8"));

const MANIFEST = JSON.stringify({
  name: "Firsthand kiosk", short_name: "Kiosk", start_url: "/k", scope: "/k", display: "fullscreen", orientation: "any", background_color: "#f7f7f5", theme_color: "#3b4fd8",
  icons: [{ src: "/k/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
});

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#3b4fd8"/><circle cx="22" cy="27" r="4" fill="#fff"/><circle cx="42" cy="27" r="4" fill="#fff"/><path d="M18 39c4 9 24 9 28 0" stroke="#fff" stroke-width="4" fill="none" stroke-linecap="round"/></svg>';
