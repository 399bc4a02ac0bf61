import { dayMs } from "./demo-calendar.rules.ts";

/** The made-up company of the demo: a mid-sized retailer of things for home and outdoors. */
export const demoCompany = {
  name: "Nordlys Retail (demo)",
  domain: "nordlys.example",
  timeZone: "Europe/Oslo",
  currency: "EUR",
  yearDays: 365,
  personsPerScale: 2_500,
} as const;

export type EffectKey = "price_change" | "bad_release" | "courier_strike";

/** What happened to the company in the year, in days before `now`, and how strongly it works.
 *  Numbers without a unit are points of the 0-10 answer to the recommendation question. */
export const demoEffects = {
  priceChange: { startDaysAgo: 190, riseShare: 0.12, sensitivePoints: 1.9, otherPoints: 0.25, halfLifeDays: 90, purchaseFactor: 0.72, leaveShare: 0.3 },
  badRelease: { startDaysAgo: 75, endDaysAgo: 54, crashShare: 0.55, points: 3.4, easePoints: 1.9, memoryDays: 30, conversionFactor: 0.45, leaveShare: 0.16, version: "5.2.0", fixedVersion: "5.2.3", goodVersion: "5.1.4" },
  courierStrike: { startDaysAgo: 26, endDaysAgo: 10, lateShare: 0.55, usualLateShare: 0.09, informedShare: 0.35, usualInformedShare: 0.6 },
  brokenPromise: { points: 2.2, informedPoints: 1.1, leaveShare: 0.12 },
} as const;

export type EffectDates = { key: EffectKey; from: number; to: number | null };

export const effectDates = (now: number): readonly EffectDates[] => [
  { key: "price_change", from: now - demoEffects.priceChange.startDaysAgo * dayMs, to: null },
  { key: "bad_release", from: now - demoEffects.badRelease.startDaysAgo * dayMs, to: now - demoEffects.badRelease.endDaysAgo * dayMs },
  { key: "courier_strike", from: now - demoEffects.courierStrike.startDaysAgo * dayMs, to: now - demoEffects.courierStrike.endDaysAgo * dayMs },
];

/** @returns whether the effect is at work at an instant; the start counts, the end does not */
export const isDuring = (key: EffectKey, at: number, now: number): boolean =>
  effectDates(now).some((effect) => effect.key === key && at >= effect.from && (effect.to === null || at < effect.to));

export const shops = [
  { key: "oslo-storo", name: "Oslo Storo", quality: 0.1 },
  { key: "oslo-city", name: "Oslo City", quality: 0 },
  { key: "bergen", name: "Bergen", quality: 0.2 },
  { key: "trondheim", name: "Trondheim", quality: -0.5 },
  { key: "gothenburg", name: "Gothenburg", quality: 0 },
  { key: "copenhagen", name: "Copenhagen", quality: 0.15 },
] as const;

/** Members of the demo workspace who meet customers; `manner` moves what customers feel after a talk. */
export const agents = [
  { key: "ingrid", name: "Ingrid Dahl", team: "Support", manner: 0.6 },
  { key: "jonas", name: "Jonas Berg", team: "Support", manner: 0.1 },
  { key: "amina", name: "Amina Yusuf", team: "Support", manner: 0.4 },
  { key: "peter", name: "Peter Holm", team: "Support", manner: -0.7 },
  { key: "sofia", name: "Sofia Lund", team: "Shops", manner: 0.3 },
  { key: "marek", name: "Marek Nowak", team: "Shops", manner: 0 },
] as const;

export const agentEmail = (key: string): string => `${key}@${demoCompany.domain}`;

type AgentKey = (typeof agents)[number]["key"];
/** Who was in a team, from how many days ago and until how many; null: ever since, or still. */
type DemoPost = { agent: AgentKey; fromDaysAgo: number | null; toDaysAgo: number | null };

/** Teams of the demo company. One member changed from a team with kind people to one without, another has just begun in a new one. */
export const demoTeams: readonly { name: string; department: string; posts: readonly DemoPost[] }[] = [
  { name: "Day desk", department: "Customer service", posts: [{ agent: "ingrid", fromDaysAgo: null, toDaysAgo: null }, { agent: "amina", fromDaysAgo: null, toDaysAgo: null }, { agent: "jonas", fromDaysAgo: null, toDaysAgo: 40 }] },
  { name: "Evening desk", department: "Customer service", posts: [{ agent: "peter", fromDaysAgo: null, toDaysAgo: null }, { agent: "jonas", fromDaysAgo: 40, toDaysAgo: null }] },
  { name: "Shop floor", department: "Shops", posts: [{ agent: "sofia", fromDaysAgo: null, toDaysAgo: null }, { agent: "marek", fromDaysAgo: null, toDaysAgo: 30 }] },
  { name: "Pop-up shop", department: "Shops", posts: [{ agent: "marek", fromDaysAgo: 30, toDaysAgo: null }] },
];

export type Product = { sku: string; name: string; word: string; category: string; priceCents: number; quality: number };

const product = (sku: string, name: string, word: string, category: string, price: number, quality: number): Product => ({
  sku, name, word, category, priceCents: Math.round(price * 100), quality,
});

/** `word` is what a customer calls the thing in a sentence. */
export const products: readonly Product[] = [
  product("TN-210", "Fjell two-person tent", "tent", "outdoor", 249, 0.3),
  product("SB-105", "Lyng sleeping bag", "sleeping bag", "outdoor", 129, 0.2),
  product("BP-045", "Topptur backpack 45 l", "backpack", "outdoor", 119, 0.4),
  product("HL-020", "Nordstjerne head lamp", "head lamp", "outdoor", 39, -0.6),
  product("ST-008", "Bål camping stove", "stove", "outdoor", 64, 0),
  product("JK-330", "Regn shell jacket", "jacket", "clothing", 179, 0.1),
  product("BT-411", "Sti hiking boots", "pair of boots", "clothing", 159, -0.2),
  product("WL-120", "Merino base layer", "base layer", "clothing", 69, 0.5),
  product("GL-015", "Vott wool gloves", "pair of gloves", "clothing", 29, 0.2),
  product("LP-710", "Glød table lamp", "lamp", "home", 59, 0),
  product("SH-640", "Hylle wall shelf", "shelf", "home", 84, -0.3),
  product("CH-502", "Ro lounge chair", "armchair", "home", 329, 0.1),
  product("DV-210", "Dun duvet", "duvet", "home", 139, 0.3),
  product("TB-900", "Samle dining table", "table", "home", 549, -0.1),
  product("RG-450", "Eng wool rug", "rug", "home", 219, 0.2),
  product("CF-033", "Morgen coffee maker", "coffee maker", "kitchen", 99, -0.4),
  product("KN-006", "Skarp knife set", "set of knives", "kitchen", 89, 0.3),
  product("PN-028", "Jern frying pan", "pan", "kitchen", 54, 0.4),
  product("KT-017", "Damp kettle", "kettle", "kitchen", 45, -0.1),
  product("TH-001", "Varm thermos", "thermos", "kitchen", 34, 0.5),
];

export const mailCampaigns = [
  "January sale", "Winter trails", "Spring cleaning", "Easter in the cabin", "First camping trip", "Summer kitchen",
  "Back from holiday", "Autumn light", "Wool week", "Singles day", "Black week", "Gifts under 50", "Your points this month",
] as const;

export const supportReasons = ["where_is_my_order", "return", "product_fault", "invoice", "app_problem", "question"] as const;
export type SupportReason = (typeof supportReasons)[number];
