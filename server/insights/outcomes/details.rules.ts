import { isOrderName } from "../../journeys/definitions/money.rules.ts";

/** One property of a fact that is copied for figures: a number, a moment (milliseconds since 1970) or a short text. */
export type Detail = { name: string; number: number | null; moment: number | null; text: string | null };

const DETAILS_MAX = 12;
const NAME_MAX = 60;
const TEXT_MAX = 80;

// Only what figures are made of is copied; a page view with thirty properties would else take thirty rows.
const moneyNames = /(^|_)(total|subtotal|revenue|amount|price|value|paid|spend|sum|cost|fee|quantity|qty|units)(_|$)/u;
const matterNames = /^(order|case|ticket|booking|reservation|claim|contract|subscription|return|shipment|parcel|delivery|invoice|conversation|thread|request|repair|complaint|incident|policy|appointment)_?(id|no|nr|number|ref|reference|key|code)$/u;
const wordNames = /^(reason|contact_reason|topic|issue|problem|intent|matter|complaint_type|currency|currency_code|question|question_id|form|form_id|form_name|solved|resolved|is_solved|is_resolved|reopened|is_reopened)$/u;

/** Whether a property says which order, case or other matter a fact is about. */
export const isMatterName = (name: string): boolean => matterNames.test(snakeOf(name));

/** What of a fact's properties is worth copying, under the names they came with.
 *  @param properties of a message, of unknown shape
 *  @returns at most twelve */
export const pickDetails = (properties: unknown): Detail[] => {
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return [];
  const picked = Object.entries(properties).flatMap(([name, value]): Detail[] => {
    const detail = name.length > NAME_MAX ? null : detailOf(snakeOf(name), value);
    return detail === null ? [] : [{ name, ...detail }];
  });
  return picked.slice(0, DETAILS_MAX);
};

const detailOf = (name: string, value: unknown): Omit<Detail, "name"> | null => {
  const text = typeof value === "string" ? value.trim() : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  if (text === "") return null;
  if (matterNames.test(name) || isOrderName(name) || wordNames.test(name)) return text.length > TEXT_MAX ? null : { number: null, moment: null, text };
  if (moneyNames.test(name)) return plainNumber.test(text) ? { number: Number(text), moment: null, text: null } : null;
  const moment = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) || Math.abs(moment) > farthestMs ? null : { number: null, moment, text: text.length === dayLength ? text : null };
};

const plainNumber = /^-?\d{1,15}(\.\d{1,10})?$/u;
const isoTime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/u;
const dayLength = "2026-01-01".length;
// Beyond it stand the "never" of other systems (9999-12-31), which are no dates.
const farthestMs = Date.UTC(2200, 0, 1);

// `promisedDeliveryDate` and `Promised delivery date` are the same name.
const snakeOf = (name: string): string => name.replace(/([a-z\d])([A-Z])/gu, "$1_$2").replace(/[^\p{L}\d]+/gu, "_").toLowerCase();
