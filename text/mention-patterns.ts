// In which places of a sentence the name of a product, a place or a person stands. Each pattern repeats only a stated number of times.
import { CAPITAL, inAnyCase } from "./find-all.ts";
import type { MentionKind } from "./reading.ts";

/** A cue without which the pattern finds nothing, and the pattern itself; its first group is the mention. */
export type MentionPattern = { kind: MentionKind; cue: string; pattern: RegExp };

const name = "[A-Z\\u00c0-\\u00de][a-zA-Z\\u00c0-\\u024f'’-]{1,24}";
const sites = "Hotel|Airport|Station|Hospital|Branch|Store|Street|Road|Avenue|Beach|Park|Square|Centre|Center|Museum|Restaurant|Clinic|Surgery|Mall|Market|Plaza|Island|Bay|University|Library|Resort|Lounge|Depot";
const roles = "waiter|waitress|nurse|agent|driver|server|host|hostess|manager|guide|technician|engineer|receptionist|bartender|midwife|dentist|physio|consultant|advisor|adviser|assistant|colleague|concierge|instructor|stylist|therapist";
const desks = "reception|the reception|front desk|the front desk|the bar|the restaurant|customer service|customer services|customer support|the service desk|the help desk|the call centre|breakfast|check-in|sales|support";

const owners = "the|The|a|A|an|An|my|My|this|This|new|your|our|their|his|her|bought|ordered|with";
const travels = "flight|flights|flew|fly|flying|travel|travelled|traveled|trip|train|bus|drive|drove|moved|back|branch|store|shop|office";
const degrees = "so|very|really|extremely|super|incredibly|most|always";
const manners = "helpful|kind|polite|friendly|patient|rude|attentive|professional";
const titles = "Mr|Mrs|Ms|Miss|Dr|Doctor|Professor|Prof|Nurse";
const gates = "Terminal|Gate|Ward|Platform|Pier|Hall";

/** Where a capital tells a name: within a sentence, since every word has one at its beginning, and not behind a word that stands before things. */
const withinSentence = "(?<=[a-z,][^\\S\\r\\n])(?<!\\b(?:[Tt]he|[Aa]n?|[Mm]y|[Oo]ur|[Yy]our|[Tt]heir|[Nn]o)\\s)";

/** As a cue, a name with all that may be in one. */
const named = `${CAPITAL}[a-zA-Z'\u0080-\uffff-]+`;

export const mentionPatterns: readonly MentionPattern[] = [
  { kind: "person", cue: `(?:${titles})\\.?[ \u00a0\n]${CAPITAL}`, pattern: new RegExp(`(?<![^\\s("',.])(?:${titles})\\.?[ \\u00a0\\n](${name}(?:\\s${name})?)`, "g") },
  { kind: "person", cue: `(?:${roles})(?:,|\\s(?:named|called))?\\s${CAPITAL}`, pattern: new RegExp(`\\b(?:${roles})(?:,|\\s(?:named|called))?\\s(${name})(?=[\\s,.!?]|$)`, "g") },
  { kind: "person", cue: `[a-z,]\\s${named}\\s(?:at|on|in|from)\\s(?:${desks})(?:\\W|$)`, pattern: new RegExp(`${withinSentence}(${name})\\s(?:at|on|in|from)\\s(?:${desks})\\b`, "g") },
  { kind: "person", cue: `[a-z,]\\s${named}\\s(?:was|is|has been)\\s(?:(?:${degrees})\\s)?(?:${manners})`, pattern: new RegExp(`${withinSentence}(${name})\\s(?:was|is|has been)\\s(?:(?:${degrees})\\s)?(?:${manners})\\b`, "g") },
  { kind: "place", cue: `${named}\\s(?:${sites})(?:[^a-z]|$)`, pattern: new RegExp(`(?<=[a-z,]\\s|\\bthe\\s|\\bThe\\s)((?:${name}\\s){1,3}(?:${sites}))(?![a-z])`, "g") },
  { kind: "place", cue: `(?:${gates})\\s[A-Z\\d]`, pattern: new RegExp(`\\b((?:${gates})\\s(?:\\d{1,3}[A-Z]?|[A-Z]\\d{0,3}))(?![A-Za-z\\d])`, "g") },
  { kind: "place", cue: `(?:[a-z,]\\s(?:in|near|at)|(?:${travels})\\s(?:in|to|from|at)|from\\s${named}\\sto)\\s${CAPITAL}`, pattern: new RegExp(`(?<=[a-z,]\\s(?:in|near|at)\\s|\\b(?:${travels})\\s(?:in|to|from|at)\\s|\\bfrom\\s${name}\\sto\\s)(${name}(?:\\s${name})?)(?=[\\s,.!?;)]|$)`, "g") },
  { kind: "product", cue: `(?:^|\\W)(?:${owners})\\s(?:${named}\\s)*(?:i[A-Z][a-z]|[A-Z][a-z]+[A-Z])`, pattern: new RegExp(`(?<=\\b(?:${owners})\\s)((?:${name}\\s){0,3}(?:i[A-Z][a-z]{2,10}|[A-Z][a-z]+[A-Z][A-Za-z]{1,12})(?:\\s\\d{1,3}[a-z]{0,2})?(?:\\s(?:Pro|Max|Plus|Mini|Air|Ultra))?)(?![A-Za-z\\d])`, "g") },
  { kind: "product", cue: `(?:^|\\W)(?:${owners})\\s(?:${named}\\s)+(?:[A-Z]+-?\\d|\\d)`, pattern: new RegExp(`(?<=\\b(?:${owners})\\s)((?:${name}\\s){1,3}(?:[A-Z]{1,3}-?\\d{1,4}[A-Za-z]{0,2}|\\d{1,3}(?:\\s(?:Pro|Max|Plus|Mini|Ultra))))(?![A-Za-z\\d])`, "g") },
  { kind: "product", cue: `(?:my|My|new)\\s${named}\\s${CAPITAL}`, pattern: new RegExp(`(?<=\\b(?:my|My|a new|my new|My new)\\s)(${name}\\s${name}(?:\\s${name})?)(?=[\\s,.!?;)]|$)`, "g") },
];

const ofCompanies = "the|your|my|our|this|their";
const heads = "app|router|card|phone|laptop|printer|website|broadband|subscription|headphones|camera|watch|tablet|modem|mattress|kettle|vacuum";

/** "the mobile app", "my credit card": things a company may have several of. */
export const productPhrase: MentionPattern = {
  kind: "product",
  cue: `(?:${inAnyCase(ofCompanies)})\\s[A-Za-z-]+\\s(?:${inAnyCase(heads)})(?:\\W|$)`,
  pattern: new RegExp(`\\b(?:${ofCompanies})\\s([a-z][a-z-]{2,15}\\s(?:${heads}))\\b(?!\\s(?:number|call|calls|bill|payment|company|shop|store|reader|holder))`, "gi"),
};
