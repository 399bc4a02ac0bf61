import { render } from "preact";
import { surroundingsFor } from "./browser.ts";
import { LiveSurvey } from "./LiveSurvey.tsx";
import type { PageData } from "./page-data.ts";
import { toolsFor } from "./tools.ts";

const place = document.getElementById("survey");
// When a part of the script cannot load, the form the server rendered is there to be answered.
if (place !== null) start(place).catch(() => document.documentElement.classList.remove("js"));

async function start(place: HTMLElement): Promise<void> {
  if (place.dataset["preview"] !== undefined) {
    // Only the builder shows previews: people who answer do not load this.
    const { startPreview } = await import("./start-preview.tsx");
    startPreview(place);
    return;
  }
  // The server wrote this data into the page itself, so its shape is known.
  const data: PageData = JSON.parse(document.getElementById("survey-data")?.textContent ?? "{}");
  const tools = await toolsFor(data.definition);
  const around = await surroundingsFor(data.sending);
  place.textContent = "";
  render(<LiveSurvey data={data} around={around} tools={tools} leavesPage />, place);
}
