import { render } from "preact";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { themeProperties } from "@firsthand/server/feedback/survey-page/theme-css.rules";
import { Preview } from "./Preview.tsx";
import type { PreviewData } from "./page-data.ts";

/** Shows what the builder sends, from the same script people answer with. */
export function startPreview(place: HTMLElement): void {
  let shown = 0;
  addEventListener("message", (event: MessageEvent<{ kind?: string; preview?: PreviewData }>) => {
    // Only the builder, which is on the same origin, may say what is shown here.
    if (event.origin !== location.origin || event.source !== parent || event.data.kind !== "survey-preview" || event.data.preview === undefined) return;
    const { preview } = event.data;
    const root = document.documentElement;
    root.lang = preview.language;
    root.dir = isRightToLeft(preview.language) ? "rtl" : "ltr";
    root.removeAttribute("style");
    for (const [name, value] of Object.entries(themeProperties(preview.definition.theme))) root.style.setProperty(name, value);
    shown += 1;
    render(<Preview data={preview} turn={shown} />, place);
  });
  parent.postMessage({ kind: "survey-preview-ready" }, location.origin);
}
