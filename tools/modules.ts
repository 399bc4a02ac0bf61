/** The modules of the server in the order of the product's story. A module knows only those before it; changing the order takes a page in docs/decisions. */
export const MODULES = ["platform", "people", "customers", "journeys", "conversations", "feedback", "insights", "cases", "engagement", "strategy"] as const;

export const isModule = (name: string): boolean => MODULES.some((module) => module === name);

/** Place in the order, from 0; -1 when it is no module. */
export const placeOf = (name: string): number => MODULES.findIndex((module) => module === name);
