import { render } from "preact";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { themeProperties } from "@firsthand/server/feedback/survey-page/theme-css.rules";
import { pictureUrl } from "@firsthand/server/feedback/survey-page/pictures.rules";
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
    showLogo(place, preview.definition.theme.logoId);
    shown += 1;
    render(<Preview data={preview} turn={shown} />, place);
  });
  parent.postMessage({ kind: "survey-preview-ready" }, location.origin);
}

// On the real page the server puts the logo above the survey.
function showLogo(place: HTMLElement, logoId: string | undefined): void {
  const shown = document.querySelector(".logo");
  if (logoId === undefined) {
    shown?.remove();
    return;
  }
  const logo = shown instanceof HTMLImageElement ? shown : document.createElement("img");
  logo.className = "logo";
  logo.alt = "";
  logo.src = pictureUrl(logoId);
  place.before(logo);
}
