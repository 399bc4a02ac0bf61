// What a respondent downloads, beside what others' respondents download. Sizes are bytes after gzip -9, of the files the widget's build made.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { clientUrl, coreUrls, surveyStyle } from "../server/feedback/survey-page/client-files.ts";
import { pageTextsIn } from "../server/feedback/survey-page/page-texts.rules.ts";
import { surveyPage } from "../server/feedback/survey-page/survey.page.ts";

const widget = join(import.meta.dirname, "../widget");

/** Measured on the packages as published on npm in 2026 (raw files, gzip -9); the issue trackers name larger ones for older versions. */
const OTHERS_BYTES = {
  "Formbricks loader 5.1.0": 1_655, "Formbricks js-core": 9_907, "Formbricks surveys renderer": 267_866, "PostHog surveys.js 1.449.2": 48_696, "PostHog array.js 1.449.2": 121_980,
  "SurveyJS core 3.1.1": 326_526, "SurveyJS ui 2.5.38": 70_261, "Typebot js 0.10.7": 196_440,
};

/** @returns bytes after compression, ours and others', and the whole public page as the server sends it */
export const measureWidgetSizes = (): { oursBytes: Record<string, number>; othersBytes: Record<string, number> } => {
  const core = ["dist/core-*.js"];
  const parts = ["dist/RareField-*.js", "dist/rare-*.js", "dist/survey-tools-*.js", "dist/upload-*.js", "dist/unsent-sender-*.js", "dist/sending-*.js", "dist/proof-*.js"];
  const page = publicPageBytes();
  const pageScripts = sizeOf([...core, "dist/survey.js"]);
  return {
    oursBytes: {
      "loader on every page": sizeOf(["dist/w.js"]),
      "survey on a website: scores, choices, texts, with style": sizeOf([...core, "dist/widget.js"]),
      "survey on a website: every kind of question, logic, files, proof of work": sizeOf([...core, "dist/widget.js", ...parts]),
      "public page: markup, style and data": page,
      "public page: scripts": pageScripts,
      "public page in all": page + pageScripts,
      "Formbricks stand-in": sizeOf(["dist/formbricks.umd.cjs"]),
    },
    othersBytes: OTHERS_BYTES,
  };
};

const sizeOf = (patterns: readonly string[]): number =>
  globSync([...patterns], { cwd: widget }).reduce((sum, path) => sum + gzipSync(readFileSync(join(widget, path)), { level: 9 }).length, 0);

// The page exactly as the server sends it, for a survey with a score, a comment and a choice.
const publicPageBytes = (): number => {
  const definition = makeDefinition();
  const slug = "a1b2c3d4e5";
  const frame = { nonce: "bm90IGEgbm9uY2UgYXQgYWxs", css: `${surveyStyle("survey")}${surveyStyle("page")}`, rareCss: surveyStyle("rare"), scriptUrl: clientUrl("survey.js"), preloadUrls: coreUrls() };
  const context = { traits: {}, facts: { language: "en", channel: "web" } };
  const data = { slug, version: 1, definition, language: "en", texts: pageTextsIn("en"), facts: { channel: "web" }, context };
  const html = surveyPage(frame, { definition, context, language: "en", action: `/s/${slug}?lang=en`, languageLinks: [], hidden: { response: crypto.randomUUID(), version: "1", opened: "1795307172784" }, answers: {}, problems: [], data });
  return gzipSync(html, { level: 9 }).length;
};
