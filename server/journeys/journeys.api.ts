// What later modules, and the start of the server, may call.
export { readPurchases } from "./definitions/definitions.ts";
export type { PurchaseFacts } from "./definitions/definitions.ts";
export { guessAmount } from "./definitions/money.rules.ts";
export { isCurrency, purchasesOf } from "./definitions/purchases.queries.ts";
export { copyMap, createMap, listAllMaps } from "./maps/maps.ts";
export { sendEdits } from "./maps/editing.ts";
export { listNamedThings } from "./places/places.queries.ts";
export type { NamedThing } from "./places/places.queries.ts";
export { createEntries } from "./places/places.ts";
export { presentChannels, recallNaming } from "./touchpoints/naming.ts";
export { listTouchpoints } from "./touchpoints/touchpoints.queries.ts";
export { createTouchpoint } from "./touchpoints/touchpoints.ts";
