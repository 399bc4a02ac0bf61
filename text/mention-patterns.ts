// In which places of a sentence the name of a product, a place or a person stands. Each pattern repeats only a stated number of times.
import { CUE } from "./cues.ts";
import type { MentionKind } from "./reading.ts";

/** What must stand somewhere in the text, by its cues and by a quicker pattern, and the pattern itself; its first group is the mention. */
export type MentionPattern = { kind: MentionKind; cue: number; hint: RegExp; pattern: RegExp };

const name = "[A-Z\\u00c0-\\u00de][a-zA-Z\\u00c0-\\u024f'’-]{1,24}";
const sites = "Hotel|Airport|Station|Hospital|Branch|Store|Street|Road|Avenue|Beach|Park|Square|Centre|Center|Museum|Restaurant|Clinic|Surgery|Mall|Market|Plaza|Island|Bay|University|Library|Resort|Lounge|Depot";
const roles = "waiter|waitress|nurse|agent|driver|server|host|hostess|manager|guide|technician|engineer|receptionist|bartender|midwife|dentist|physio|consultant|advisor|adviser|assistant|colleague|concierge|instructor|stylist|therapist";
const desks = "reception|the reception|front desk|the front desk|the bar|the restaurant|customer service|customer services|customer support|the service desk|the help desk|the call centre|breakfast|check-in|sales|support";

// Two hints look for a capital and then back: capitals are rare, small words are not.
const rows: readonly [MentionKind, number, RegExp, RegExp][] = [
  ["person", CUE.title, /M[rsi]|D[ro]|Prof|Nurse/, new RegExp(`(?<![^\\s("',.])(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Professor|Prof|Nurse)\\.?[ \\u00a0\\n](${name}(?:\\s${name})?)`, "g")],
  ["person", CUE.role, new RegExp(`(?:${roles}),? `), new RegExp(`\\b(?:${roles})(?:,|\\s(?:named|called))?\\s(${name})(?=[\\s,.!?]|$)`, "g")],
  ["person", CUE.desk, /(?:at|on|in|from) (?:the |front|rece|bar|rest|serv|call|break|check|sale|supp|cust)/, new RegExp(`(${name})\\s(?:at|on|in|from)\\s(?:${desks})\\b`, "g")],
  ["person", CUE.manner, /help|kind|polite|friend|patient|rude|attentive|professional/, new RegExp(`(?<=[a-z,]\\s)(${name})\\s(?:was|is|has been)\\s(?:(?:so|very|really|extremely|super|incredibly|most|always)\\s)?(?:helpful|kind|polite|friendly|patient|rude|attentive|professional)\\b`, "g")],
  ["place", CUE.capitalInside, new RegExp(` (?:${sites})`), new RegExp(`(?<=[a-z,]\\s|\\bthe\\s|\\bThe\\s)((?:${name}\\s){1,3}(?:${sites}))(?![a-z])`, "g")],
  ["place", CUE.gate, /Terminal|Gate|Ward|Platform|Pier|Hall/, /\b((?:Terminal|Gate|Ward|Platform|Pier|Hall)\s(?:\d{1,3}[A-Z]?|[A-Z]\d{0,3}))(?![A-Za-z\d])/g],
  ["place", CUE.afterPlaceWord, /[A-Z\u00c0-\u00de](?<= (?:in|at|near|to|from) .)/, new RegExp(`(?<=[a-z,]\\s(?:in|near|at)\\s|\\b(?:flight|flights|flew|fly|flying|travel|travelled|traveled|trip|train|bus|drive|drove|moved|back|branch|store|shop|office)\\s(?:in|to|from|at)\\s|\\bfrom\\s${name}\\sto\\s)(${name}(?:\\s${name})?)(?=[\\s,.!?;)]|$)`, "g")],
  ["product", CUE.camel, /[a-z][A-Z]/, new RegExp(`(?<=\\b(?:the|The|a|A|an|An|my|My|this|This|new|your|our|their|his|her|bought|ordered|with)\\s)((?:${name}\\s){0,3}(?:i[A-Z][a-z]{2,10}|[A-Z][a-z]+[A-Z][A-Za-z]{1,12})(?:\\s\\d{1,3}[a-z]{0,2})?(?:\\s(?:Pro|Max|Plus|Mini|Air|Ultra))?)(?![A-Za-z\\d])`, "g")],
  ["product", CUE.model, /[A-Za-z][ -]?\d/, new RegExp(`(?<=\\b(?:the|The|a|A|an|An|my|My|this|This|new|your|our|their|his|her|bought|ordered|with)\\s)((?:${name}\\s){1,3}(?:[A-Z]{1,3}-?\\d{1,4}[A-Za-z]{0,2}|\\d{1,3}(?:\\s(?:Pro|Max|Plus|Mini|Ultra))))(?![A-Za-z\\d])`, "g")],
  ["product", CUE.afterOwnWord, /[A-Z](?<=\b(?:my|My|new) .)/, new RegExp(`(?<=\\b(?:my|My|a new|my new|My new)\\s)(${name}\\s${name}(?:\\s${name})?)(?=[\\s,.!?;)]|$)`, "g")],
];

export const mentionPatterns: readonly MentionPattern[] = rows.map(([kind, cue, hint, pattern]) => ({ kind, cue, hint, pattern }));


/** "the mobile app", "my credit card": things a company may have several of. */
export const productPhrase =
  /\b(?:the|your|my|our|this|their)\s([a-z][a-z-]{2,15}\s(?:app|router|card|phone|laptop|printer|website|broadband|subscription|headphones|camera|watch|tablet|modem|mattress|kettle|vacuum))\b(?!\s(?:number|call|calls|bill|payment|company|shop|store|reader|holder))/gi;

