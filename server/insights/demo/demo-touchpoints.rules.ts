import type { MatchingRule, TouchpointInitiator, TouchpointKind } from "../../journeys/touchpoints/touchpoints.contract.ts";

type DemoTouchpoint = {
  name: string;
  kind: TouchpointKind;
  stage: string | null;
  channel: string | null;
  /** Key of the member who answers for it. */
  owner: string | null;
  initiator: TouchpointInitiator;
  asks: string;
  rules: readonly MatchingRule[];
};

const touchpoint = (name: string, kind: TouchpointKind, stage: string | null, more: Partial<DemoTouchpoint> = {}): DemoTouchpoint => ({
  name, kind, stage, channel: null, owner: null, initiator: "customer", asks: "", rules: [], ...more,
});

/** The register of the demo company in its order. Most touchpoints need no rule, for a guess names them so; one was never met. */
export const demoTouchpoints: readonly DemoTouchpoint[] = [
  touchpoint("Shop screen", "page", "Consider", { channel: "store", owner: "sofia", asks: "Find the thing on the screen between the shelves", rules: [{ pages: ["/kiosk*"] }] }),
  touchpoint("Home page", "page", "Discover"),
  touchpoint("Product list", "page", "Consider"),
  touchpoint("Product page", "page", "Consider", { asks: "Decide on size and colour" }),
  touchpoint("Shop visit", "visit", "Consider", { owner: "sofia" }),
  touchpoint("Cart", "page", "Buy"),
  touchpoint("Checkout", "page", "Buy", { asks: "Give address and card" }),
  touchpoint("Order placed", "purchase", "Buy"),
  touchpoint("Shop purchase", "purchase", "Buy", { owner: "marek" }),
  touchpoint("Shipment", "message", "Receive", { initiator: "partner" }),
  touchpoint("Delivery delay notice", "message", "Receive", { initiator: "organisation", owner: "jonas" }),
  touchpoint("Delivery", "delivery", "Receive", { initiator: "partner", owner: "jonas", asks: "Be at home on the promised day" }),
  touchpoint("Product review", "page", "Use"),
  touchpoint("App start", "app", "Use", { channel: "app" }),
  touchpoint("App crash", "app", "Use", { channel: "app", asks: "Start again" }),
  touchpoint("Support call", "conversation", "Get help", { owner: "ingrid", asks: "Wait in line and tell the story" }),
  touchpoint("Call back", "conversation", "Get help", { owner: "ingrid", initiator: "organisation" }),
  touchpoint("Support chat", "conversation", "Get help", { owner: "amina" }),
  touchpoint("Support e-mail", "conversation", "Get help", { owner: "peter" }),
  touchpoint("Return", "service", "Get help"),
  touchpoint("Refund", "service", "Get help", { initiator: "organisation" }),
  touchpoint("Warranty repair", "service", "Use", { owner: "marek", asks: "Send the thing in and do without it for a week" }),
];
