import { render } from "preact";
import { browserSurroundings } from "./browser.ts";
import { LiveSurvey } from "./LiveSurvey.tsx";
import type { PageData } from "./page-data.ts";

const place = document.getElementById("survey");
if (place !== null) start(place);

function start(place: HTMLElement): void {
  if (place.dataset["preview"] !== undefined) {
    // Only the builder shows previews: people who answer do not load this.
    void import("./start-preview.tsx").then(({ startPreview }) => startPreview(place));
    return;
  }
  // The server wrote this data into the page itself, so its shape is known.
  const data: PageData = JSON.parse(document.getElementById("survey-data")?.textContent ?? "{}");
  place.textContent = "";
  render(<LiveSurvey data={data} around={browserSurroundings()} />, place);
}
