// Prints a page of this installation as PDF through a Chromium on this machine. There need not be one: then whoever asks is told so.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import type { Services } from "../services/services.api.ts";
import { openBrowser, type Browser } from "./browser-pipe.ts";

/** `no_browser`: none was found. `not_ready`: the page did not say in time that it stands. `broken`: the browser fell or refused. */
export type Printed = { ok: true; pdf: Buffer } | { ok: false; reason: "no_browser" | "not_ready" | "broken" };

const PLACES = [
  "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const READY_MS = 30_000;
const WHOLE_MS = 60_000;
/** A4 across between its margins, at 96 dots an inch: charts measure their room on the screen, so the screen is as wide as the paper. */
const PAPER_PX = { width: 1047, height: 740 };
const FOOTER = `<div style="font:8px sans-serif;color:#666;width:100%;padding:0 10mm;text-align:right"><span class="pageNumber"></span> / <span class="totalPages"></span></div>`;
const PAPER = {
  landscape: true, printBackground: true, paperWidth: 8.27, paperHeight: 11.69, marginTop: 0.4, marginBottom: 0.55, marginLeft: 0.394, marginRight: 0.394,
  displayHeaderFooter: true, headerTemplate: "<span></span>", footerTemplate: FOOTER, generateTaggedPDF: true, generateDocumentOutline: true,
};

/** @param path of a page that says `<html data-board="ready">` when it may be printed */
export const printPage = async (services: Services, path: string): Promise<Printed> => {
  const program = findChromium(services.config);
  if (program === null) return { ok: false, reason: "no_browser" };
  const folder = await mkdtemp(join(tmpdir(), "firsthand-print-"));
  const browser = openBrowser(program, folder);
  const tooLong = setTimeout(browser.close, WHOLE_MS);
  try {
    return await printWith(browser, `${ownAddress(services)}${path}`);
  } catch (error) {
    services.log.warn({ err: error }, "a page could not be printed");
    return { ok: false, reason: "broken" };
  } finally {
    clearTimeout(tooLong);
    browser.close();
    await browser.gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};

/** A path that was set and leads nowhere is not replaced in silence. */
const findChromium = ({ chromiumPath }: Config): string | null => (chromiumPath === null ? PLACES : [chromiumPath]).find((place) => existsSync(place)) ?? null;

// From inside a firewall the address people use may lead nowhere; this one always does.
const ownAddress = ({ config, baseUrl }: Services): string => {
  if (config.baseUrl === null) return baseUrl();
  const host = ["0.0.0.0", "::", "[::]"].includes(config.host) ? "127.0.0.1" : config.host;
  return `http://${host}:${config.port}`;
};

const printWith = async (browser: Browser, address: string): Promise<Printed> => {
  const { targetId } = await browser.ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.ask("Target.attachToTarget", { targetId, flatten: true });
  const page = String(sessionId);
  await browser.ask("Emulation.setDeviceMetricsOverride", { ...PAPER_PX, deviceScaleFactor: 1, mobile: false }, page);
  await browser.ask("Emulation.setEmulatedMedia", { media: "print", features: [{ name: "prefers-color-scheme", value: "light" }, { name: "prefers-reduced-motion", value: "reduce" }] }, page);
  const { errorText } = await browser.ask("Page.navigate", { url: address }, page);
  if (errorText !== undefined) return { ok: false, reason: "not_ready" };
  if (!(await isReady(browser, page))) return { ok: false, reason: "not_ready" };
  const { data } = await browser.ask("Page.printToPDF", PAPER, page);
  return typeof data === "string" ? { ok: true, pdf: Buffer.from(data, "base64") } : { ok: false, reason: "broken" };
};

// Charts draw in the picture after the one in which they learn their room.
const READY = `(async () => {
  if (document.documentElement.dataset.board !== "ready") return false;
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return true;
})()`;

const isReady = async (browser: Browser, page: string): Promise<boolean> => {
  for (const endMs = performance.now() + READY_MS; performance.now() < endMs; ) {
    const { result } = await browser.ask("Runtime.evaluate", { expression: READY, awaitPromise: true, returnByValue: true }, page);
    if (typeof result === "object" && result !== null && "value" in result && result.value === true) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
};
