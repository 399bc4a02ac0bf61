import type { DisplayStep } from "@firsthand/server/feedback/widgets/widgets.contract";
import type { PlacedSurvey } from "./targeting.ts";

/** Who visits, as far as the page says. `proof` shows that its server said so. */
export type Visitor = { userId?: string | undefined; anonymousId?: string | undefined; proof?: string | undefined; language?: string | undefined };

export type Look = PlacedSurvey["look"] | "inline";

/** What the loader hands over when a survey is to be shown. */
export type Opened = {
  /** Origin of the server. */
  origin: string;
  key: string;
  survey: Pick<PlacedSurvey, "slug"> & Partial<Pick<PlacedSurvey, "side" | "isForSegment">> & { look: Look };
  visitor: Visitor;
  isChatOpen: () => boolean;
  /** Whether it still belongs on the page as it is now. */
  isWanted: () => boolean;
  /** Told of what becomes of the display. */
  onStep: (step: DisplayStep, surveyId: string) => void;
  /** The survey is on the screen: from now on the device has seen it. */
  noteShown: () => void;
};

/** What widget.tsx brings. */
export type WidgetModule = {
  show: (opened: Opened) => Promise<void>;
  embed: (opened: Opened, place: HTMLElement) => Promise<void>;
  close: () => void;
  sendUnsent: (origin: string) => Promise<void>;
};

