import type { ColumnProfile } from "./column-profile.rules.ts";
import type { ColumnUse, Mapping } from "./mapping.contract.ts";
import { eventColumns, isCustomerType, objectColumn } from "./ocel.rules.ts";
import type { ReadSettings } from "./row-source.contract.ts";
import { guessScores } from "./score-guess.rules.ts";

export type GuessNote = { code: string; message: string };
export type Guess = { mapping: Mapping; notes: GuessNote[] };

/** Proposes what every column means. A person sees the proposal with examples and changes what is wrong.
 *  @param fileName only its stem (source of the rows) and a year in it (when no column holds a time) are used */
export const guessMapping = (profiles: readonly ColumnProfile[], read: ReadSettings, fileName: string): Guess => {
  const uses = new Map<string, ColumnUse>();
  const free = (): ColumnProfile[] => profiles.filter((profile) => !uses.has(profile.name));
  for (const profile of profiles) if (profile.filledShare === 0) uses.set(profile.name, { use: "ignore" });
  const isEventLog = read.format === "xes" || read.format === "ocel";
  if (read.format === "ocel") claimObjectLog(free(), uses, read.objects ?? null);
  const time = read.format === "ocel" ? (profiles.find(({ name }) => name === eventColumns.time)?.time ?? null) : claimTime(free(), uses);
  for (const [name, use] of guessScores(free())) uses.set(name, use);
  claimSingles(free, uses);
  const isSurvey = [...uses.values()].some((use) => use.use === "score");
  claimComments(free(), uses);
  const isPeopleList = time === null && !isSurvey && ![...uses.values()].some((use) => use.use === "event" || use.use === "comment");
  if (![...uses.values()].some((use) => use.use === "customer")) claimCustomer(free, uses, { isEventLog, isPeopleList });
  for (const profile of free()) uses.set(profile.name, restUse(profile, isPeopleList));
  const year = /(?:19|20)\d{2}(?!\d)/.exec(fileName)?.[0];
  const mapping: Mapping = {
    read,
    source: stemOf(fileName),
    time: { format: time?.format ?? "iso", zone: "UTC", fixed: time === null && year !== undefined ? `${year}-07-01T00:00:00Z` : null },
    event: isSurvey ? "Survey answered" : isPeopleList ? "Imported" : eventOf(profiles, [...uses.values()].some((use) => use.use === "comment")),
    touchpoint: null,
    channel: null,
    columns: profiles.map((profile) => ({ column: profile.name, use: uses.get(profile.name) ?? { use: "ignore" } })),
  };
  return { mapping, notes: notesOf(mapping, time?.isAmbiguous === true, isPeopleList) };
};

/** The columns of an object-centric log say what they are: its events, the customers and what is known of them; other objects become properties. */
const claimObjectLog = (profiles: readonly ColumnProfile[], uses: Map<string, ColumnUse>, customerType: string | null): void => {
  const column = customerType === null ? null : objectColumn(customerType);
  for (const { name } of profiles) {
    if (name === eventColumns.id) uses.set(name, { use: "message_id" });
    if (name === eventColumns.type) uses.set(name, { use: "event" });
    if (name === eventColumns.time) uses.set(name, { use: "time" });
    if (column === null) continue;
    if (name === column) uses.set(name, { use: "customer", kind: isCustomerType(customerType ?? "") ? "user" : "external" });
    if (name.startsWith(`${column}:`)) uses.set(name, { use: "trait", name: name.slice(column.length + 1, column.length + 101) });
  }
};

const timeNames = [
  /^time timestamp$|^timestamp$/, /^(event|occurred|order|invoice|purchase|transaction|visit|response|recorded|tweet|submitted|completed)\b.*(time|date|at|created)|time completed|recorded date/,
  /^(date|time|when|datum|zeit|zeitpunkt|at|created at|createdat|datetime|date time)$/, /date|time|datum|zeit|timestamp|created|\bat$/,
];

const claimTime = (profiles: readonly ColumnProfile[], uses: Map<string, ColumnUse>): NonNullable<ColumnProfile["time"]> | null => {
  const readable = profiles.filter((profile) => profile.time !== null && profile.filledShare >= 0.5);
  const named = timeNames.flatMap((pattern) => readable.filter((profile) => pattern.test(profile.words) && !/birth|geb/.test(profile.words)));
  const unnamed = readable.filter((profile) => profile.numbers === null && profile.averageLength >= 8 && !/birth|geb/.test(profile.words));
  const chosen = named[0] ?? unnamed[0];
  if (chosen?.time == null) return null;
  uses.set(chosen.name, { use: "time" });
  return chosen.time;
};

type Single = { use: ColumnUse; patterns: readonly RegExp[]; fits?: (profile: ColumnProfile) => boolean };

const isUnique = (profile: ColumnProfile): boolean => profile.values.length > 1 && profile.distinct === profile.values.length && profile.filledShare > 0.99;
const isCategory = (profile: ColumnProfile): boolean => profile.averageLength <= 80 && profile.time === null;

const singles: readonly Single[] = [
  { use: { use: "message_id" }, patterns: [/^(message|event|row|record|comment|tweet|complaint|review|transaction|identity) ?id$/], fits: isUnique },
  { use: { use: "event" }, patterns: [/^concept name$/, /^event( ?(name|type))?$/, /^activity( name)?$/, /^(action|interaction|step)( name| type)?$/], fits: isCategory },
  { use: { use: "touchpoint" }, patterns: [/^touch ?points?$/, /^(location|branch|store|filiale|trust)( name)?$/], fits: isCategory },
  { use: { use: "channel" }, patterns: [/^channel$|^kanal$/, /^(case|distribution|contact|sales) channel$/, /^(platform|medium)$/], fits: isCategory },
  { use: { use: "stage" }, patterns: [/^(journey )?(stage|phase)$/], fits: isCategory },
  { use: { use: "weight" }, patterns: [/^(case )?(weight|weights|wgt|wt|gewicht|gewichtung)$/], fits: (profile) => profile.numbers?.every((value) => value >= 0) === true },
];

const claimSingles = (free: () => ColumnProfile[], uses: Map<string, ColumnUse>): void => {
  for (const single of singles) {
    if ([...uses.values()].some((use) => use.use === single.use.use)) continue;
    const fitting = free().filter((profile) => single.fits?.(profile) ?? true);
    const chosen = single.patterns.flatMap((pattern) => fitting.filter((profile) => pattern.test(profile.words)))[0];
    if (chosen !== undefined) uses.set(chosen.name, single.use);
  }
};

const userPattern = /^((case )?(user|customer|client|member|account|person|contact|subscriber|consumer|kunde|kunden|patient|party)( ?(id|no|nr|num|number|nummer|key|code))|case end ?user|end ?user|user)$/;
const respondentPattern = /^(respondent|participant|resp|respnum|case|response|external)( ?(id|no|nr|num|number|concept name|reference|data reference))?$/;
const anonymousPattern = /^(anonymous|cookie|visitor|device|browser)( ?id)?$/;

type Shape = { isEventLog: boolean; isPeopleList: boolean };

const claimCustomer = (free: () => ColumnProfile[], uses: Map<string, ColumnUse>, shape: Shape): void => {
  const known = free().filter((profile) => profile.filledShare > 0.2);
  const user = known.find((profile) => userPattern.test(profile.words) && profile.averageLength <= 100);
  if (user !== undefined) uses.set(user.name, { use: "customer", kind: "user" });
  const emails = known.filter((profile) => profile.values.filter((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)).length >= profile.values.length * 0.9);
  const email = emails.find((profile) => /mail/.test(profile.words)) ?? emails[0];
  if (email !== undefined) uses.set(email.name, { use: "customer", kind: "email" });
  const phone = known.find((profile) => /\b(phone|mobile|telefon|tel|handy)\b/.test(profile.words) && profile.values.every((value) => /^[+\d\s().\-/]{6,25}$/.test(value)));
  if (phone !== undefined) uses.set(phone.name, { use: "customer", kind: "phone" });
  const anonymous = known.find((profile) => anonymousPattern.test(profile.words));
  if (anonymous !== undefined) uses.set(anonymous.name, { use: "customer", kind: "anonymous" });
  if ([user, email, phone, anonymous].some((profile) => profile !== undefined)) return;
  const full = free().filter((profile) => profile.filledShare > 0.9);
  const numbered = full.find((profile) => respondentPattern.test(profile.words));
  const trace = shape.isEventLog ? (full.find((profile) => profile.name === "case:concept:name") ?? full.find((profile) => profile.name === "case:number")) : undefined;
  const plain = full.find((profile) => /^(id|nr|no|number)$/.test(profile.words));
  const isRowNumber = plain !== undefined && isUnique(plain) && !shape.isPeopleList;
  const chosen = trace ?? numbered ?? (isRowNumber ? undefined : plain);
  if (chosen !== undefined) uses.set(chosen.name, { use: "customer", kind: "external" });
  else if (isRowNumber) uses.set(plain.name, { use: "message_id" });
};

const commentPattern = /comment|review|feedback|verbatim|suggest|\bwhy\b|reason|remark|\bnotes?\b|content|\btext\b|answer|kommentar|anmerkung|message|narrative/;
/** Forms name a column by the question it answers: "What could we do better?" */
const questionPattern = /[?？]\s*$|^(what|how|why|is there|was there|anything|please|tell us|wie|warum|welche|bitte)\b.* /;

const claimComments = (profiles: readonly ColumnProfile[], uses: Map<string, ColumnUse>): void => {
  const texts = profiles.filter((profile) => {
    if (profile.numbers !== null || profile.time !== null || profile.values.length === 0) return false;
    const isVaried = profile.distinct >= profile.values.length * 0.5;
    const isNamed = commentPattern.test(`${profile.words} ${profile.label?.toLowerCase() ?? ""}`) || [profile.name, profile.label ?? ""].some((name) => questionPattern.test(name.toLowerCase()));
    if (!isNamed && profile.values.length < 5) return false;
    return isVaried && profile.spacedShare >= 0.5 && profile.averageLength >= (isNamed ? 10 : 40);
  });
  const chosen: ColumnProfile[] = [];
  for (const profile of texts) if (!chosen.some((other) => isCopy(profile, other))) chosen.push(profile);
  for (const profile of chosen.slice(0, 5)) uses.set(profile.name, { use: "comment" });
};

// Cleaned copies of a text stand beside the original in many exports; counting both would double every comment.
const isCopy = (profile: ColumnProfile, other: ColumnProfile): boolean => {
  const first = other.values.slice(0, 200);
  const same = first.filter((value, index) => profile.values[index] === value).length;
  return same > first.length * 0.5;
};

const traitPattern = /^((recipient )?(first|last|full|sur|given|family) ?name|name|gender|sex|age|age group|birth.*|country|city|state|region|zip|zip ?code|postcode|language|lang|income|segment|tier|plan|company|occupation|(user|customer|member|client) .+|q\d+ ?(age|gender|income|country|city|state|zip))$/;

/** Columns nobody needs for the experience of customers and that say more about a person than they should. */
const privatePattern = /^(ip ?address|ip|location (latitude|longitude|accuracy)|latitude|longitude|recipient (last|first) name)$/;

const restUse = (profile: ColumnProfile, isPeopleList: boolean): ColumnUse => {
  if (privatePattern.test(profile.words)) return { use: "ignore" };
  // As logs of paths name the customer of a case.
  if (/^(case )?customer name$/.test(profile.words)) return { use: "trait", name: "name" };
  // Paths are cut by the name of a property, so an order is "order" there.
  const name = profile.name.replace(/^object:/, "").slice(0, 100);
  return isPeopleList || traitPattern.test(profile.words) ? { use: "trait", name } : { use: "property", name };
};

const eventOf = (profiles: readonly ColumnProfile[], hasComment: boolean): string => {
  const words = profiles.map((profile) => profile.words).join(" | ");
  if (/invoice|order|purchase|basket|price|dollar|revenue|sales/.test(words)) return "Purchase";
  if (/tweet|post/.test(words)) return "Post";
  if (/review/.test(words)) return "Review written";
  if (/complaint/.test(words)) return "Complaint";
  return hasComment ? "Comment" : "Interaction";
};

const stemOf = (fileName: string): string => {
  const stem = fileName.replace(/\.gz$/i, "").replace(/\.[A-Za-z0-9]{1,8}$/, "").replaceAll(/[^\w.-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  return stem.slice(0, 60) || "file";
};

const notesOf = (mapping: Mapping, isAmbiguous: boolean, isPeopleList: boolean): GuessNote[] => {
  const notes: GuessNote[] = [];
  const has = (use: ColumnUse["use"]): boolean => mapping.columns.some((column) => column.use.use === use);
  if (isAmbiguous) notes.push({ code: "date_order_unclear", message: "The dates can be read as day/month or month/day. Day first is assumed; change the time format if that is wrong." });
  if (!has("time") && !isPeopleList) {
    const when = mapping.time.fixed === null ? "the time of the upload" : `${mapping.time.fixed.slice(0, 10)}, from the year in the file name`;
    notes.push({ code: "no_time_column", message: `No column holds a full date. Every row gets ${when}; set another day if you know better.` });
  }
  if (!has("customer")) {
    const isObjectLog = mapping.read.format === "ocel";
    const choice = isObjectLog ? "None of the objects is plainly a customer. Choose under \"How the file is read\" which are" : "No column names the customer. Rows are kept without a customer; choose a column if there is one";
    notes.push({ code: "no_customer_column", message: `${choice}.` });
  }
  return notes;
};
