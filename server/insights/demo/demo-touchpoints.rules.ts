import type { MatchingRule, TouchpointInitiator, TouchpointKind, TouchpointNature } from "../../journeys/touchpoints/touchpoints.contract.ts";

type DemoTouchpoint = {
  name: string;
  kind: TouchpointKind;
  stage: string | null;
  channel: string | null;
  /** Key of the member who answers for it. */
  owner: string | null;
  team: string | null;
  initiator: TouchpointInitiator;
  nature?: TouchpointNature;
  environment: string | null;
  asks: string;
  steps: number | null;
  minutes: number | null;
  documents: readonly string[];
  rules: readonly MatchingRule[];
};

const touchpoint = (name: string, kind: TouchpointKind, stage: string | null, more: Partial<DemoTouchpoint> = {}): DemoTouchpoint => ({
  name, kind, stage, channel: null, owner: null, team: null, initiator: "customer", environment: null, asks: "", steps: null, minutes: null, documents: [], rules: [], ...more,
});

/** The register of the demo company in its order. Most touchpoints need no rule, for a guess names them so; one was never met. */
export const demoTouchpoints: readonly DemoTouchpoint[] = [
  touchpoint("Shop screen", "website", "Consider", { channel: "store", owner: "sofia", team: "Shops", environment: "In the shop", asks: "Find the thing on the screen between the shelves", rules: [{ pages: ["/kiosk*"] }] }),
  touchpoint("Home page", "website", "Discover"),
  touchpoint("Product list", "website", "Consider"),
  touchpoint("Product page", "website", "Consider", { asks: "Decide on size and colour" }),
  touchpoint("Shop visit", "shop", "Consider", { owner: "sofia", team: "Shops", nature: "human", environment: "In the shop" }),
  touchpoint("Cart", "website", "Buy"),
  touchpoint("Checkout", "website", "Buy", { team: "Online shop", asks: "Give address and card", steps: 4, minutes: 3, documents: ["Address", "Card"] }),
  touchpoint("Order placed", "purchase", "Buy"),
  touchpoint("Shop purchase", "purchase", "Buy", { owner: "marek", team: "Shops", nature: "physical", environment: "In the shop" }),
  touchpoint("Shipment", "message", "Receive", { initiator: "partner" }),
  touchpoint("Delivery delay notice", "message", "Receive", { initiator: "organisation", owner: "jonas" }),
  touchpoint("Delivery", "delivery", "Receive", { initiator: "partner", owner: "jonas", team: "Logistics", environment: "At home", asks: "Be at home on the promised day", steps: 2, minutes: 10 }),
  touchpoint("Product review", "website", "Use"),
  touchpoint("App start", "app", "Use", { channel: "app" }),
  touchpoint("App crash", "app", "Use", { channel: "app", asks: "Start again" }),
  touchpoint("Support call", "support", "Get help", { owner: "ingrid", asks: "Wait in line and tell the story", team: "Customer service", steps: 3, minutes: 12, documents: ["Order number"] }),
  touchpoint("Call back", "support", "Get help", { owner: "ingrid", initiator: "organisation" }),
  touchpoint("Support chat", "support", "Get help", { owner: "amina", team: "Customer service", minutes: 9 }),
  touchpoint("Support e-mail", "support", "Get help", { owner: "peter" }),
  touchpoint("Return", "return", "Get help", { team: "Logistics", environment: "At home", asks: "Pack the thing and bring it to the post", steps: 5, minutes: 25, documents: ["Return label"] }),
  touchpoint("Refund", "return", "Get help", { initiator: "organisation" }),
  touchpoint("Warranty repair", "warranty", "Use", { owner: "marek", team: "Workshop", asks: "Send the thing in and do without it for a week", steps: 4, minutes: 30, documents: ["Receipt", "Photo of the damage"] }),
];
