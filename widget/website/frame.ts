import type { WidgetSurvey } from "@firsthand/server/feedback/widgets/widget-survey.rules";
import { isCommon } from "@firsthand/server/feedback/surveys/common-answers.rules";
import coreCss from "../survey/survey.css?inline";
import type { Look } from "./opened.ts";
import ownCss from "./widget.css?inline";

export type Frame = { root: HTMLElement; close: () => void };

/** Puts an empty frame into the page, out of reach of the page's style and within the strictest policy: no markup is parsed and no style element made.
 *  @param onClose told once, however it was closed */
export function openFrame(survey: WidgetSurvey, given: { look: Look; side: "start" | "end"; place: HTMLElement; sheets: CSSStyleSheet[]; onClose: () => void }): Frame {
  const { look, side, place } = given;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = given.sheets;
  const root: HTMLElement = document.createElement(look === "inline" ? "section" : "dialog");
  root.className = `frame ${look} ${side}`;
  root.lang = survey.language;
  root.dir = survey.direction;
  root.tabIndex = -1;
  for (const [name, value] of Object.entries(survey.theme)) (name.startsWith("--") ? host : root).style.setProperty(name, value);
  shadow.append(root);
  place.append(host);
  const before = document.activeElement;
  // A dialog in the middle holds the focus, gives it back and goes above everything by itself. Beside the page, the focus stays where it is.
  if (root instanceof HTMLDialogElement) {
    if (look === "modal") root.showModal();
    else {
      root.popover = "manual";
      root.open = true;
      // Else the browser would move the focus here, away from what somebody is just typing.
      root.inert = true;
      root.showPopover();
      root.inert = false;
    }
  }
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    const hadFocus = document.activeElement === host;
    host.remove();
    if (hadFocus && before instanceof HTMLElement) before.focus();
    given.onClose();
  };
  root.addEventListener("cancel", close);
  root.addEventListener("keydown", (event: KeyboardEvent) => {
    // What is typed into the survey is no shortcut of the page around it.
    event.stopPropagation();
    if (event.key === "Escape" && look !== "inline") close();
  });
  return { root, close };
}

/** The style a survey needs; more is loaded for rare kinds of questions. */
export async function sheetsFor({ definition }: WidgetSurvey): Promise<CSSStyleSheet[]> {
  return [coreCss, ownCss, ...(definition.questions.every(isCommon) ? [] : [(await import("../survey/rare.css?inline")).default])].map(sheetOf);
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
