import { render } from "preact";
import { inkOn } from "@firsthand/server/feedback/surveys/theme.rules";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { browserSurroundings } from "./browser.ts";
import { LiveSurvey } from "./LiveSurvey.tsx";
import { Preview } from "./Preview.tsx";
import type { PageData, PreviewData } from "./page-data.ts";

const place = document.getElementById("survey");
if (place !== null) start(place);

function start(place: HTMLElement): void {
  if (place.dataset["preview"] !== undefined) {
    startPreview(place);
    return;
  }
  // The server wrote this data into the page itself, so its shape is known.
  const data: PageData = JSON.parse(document.getElementById("survey-data")?.textContent ?? "{}");
  place.textContent = "";
  render(<LiveSurvey data={data} around={browserSurroundings()} />, place);
}

function startPreview(place: HTMLElement): void {
  let shown = 0;
  addEventListener("message", (event: MessageEvent<{ kind?: string; preview?: PreviewData }>) => {
    // Only the builder, which is on the same origin, may say what is shown here.
    if (event.origin !== location.origin || event.source !== parent || event.data.kind !== "survey-preview" || event.data.preview === undefined) return;
    const { preview } = event.data;
    const root = document.documentElement;
    root.lang = preview.language;
    root.dir = isRightToLeft(preview.language) ? "rtl" : "ltr";
    root.style.setProperty("--accent", preview.definition.theme.accent);
    root.style.setProperty("--ink-on-accent", inkOn(preview.definition.theme.accent));
    shown += 1;
    render(<Preview data={preview} turn={shown} />, place);
  });
  parent.postMessage({ kind: "survey-preview-ready" }, location.origin);
}
