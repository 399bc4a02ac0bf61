import { plainWords, usualStages } from "../touchpoints/guess.rules.ts";
import { fieldOf, textField } from "../touchpoints/message.rules.ts";
import type { EntryKind, EntryProposal, RegisterEntry, StagePhase } from "./places.contract.ts";

/** One thing as a message names it: what to call it, and all it was called there. */
export type Sighting = { name: string; values: readonly string[] };
/** How often a thing was met under this name. */
export type Count = { name: string; values: readonly string[]; meetings: number };
type Named = Pick<RegisterEntry, "name" | "formerNames" | "alsoCalled">;

/** What of a fact this rule reads. */
type Fact = { type: string; channel: string | null; message: unknown };

const VALUE_MAX = 120;
const PRODUCTS_MAX = 50;

// Where the usual senders put them. Source: Segment's specification of commerce events, and the words of shop systems for a branch.
const productNames = ["product_name", "productName", "product", "item", "item_name", "plan"] as const;
const productNumbers = ["product_id", "productId", "sku", "item_id", "ean", "gtin"] as const;
const placeNames = ["store_name", "storeName", "store", "shop", "shop_name", "branch", "location", "location_name", "place", "venue", "kiosk"] as const;
const placeNumbers = ["store_id", "storeId", "shop_id", "branch_id", "location_id", "place_id", "venue_id"] as const;

/** The products a message is about. */
export const productsIn = ({ message }: Fact): Sighting[] => {
  const properties = fieldOf(message, "properties") ?? fieldOf(message, "data");
  const listed = fieldOf(properties, "products");
  const items = Array.isArray(listed) ? listed.slice(0, PRODUCTS_MAX) : [];
  return [properties, ...items].flatMap((holder) => {
    const numbers = valuesOf(holder, productNumbers);
    // A plain `name` names a product only beside a number of one: pages and screens have names as well.
    const names = [...valuesOf(holder, productNames), ...(numbers.length > 0 || holder !== properties ? valuesOf(holder, ["name"]) : [])];
    return sightingOf(names, numbers);
  });
};

/** The places a message happened at: a shop, a branch, the wall a poster hangs on. */
export const placesIn = ({ type, channel, message }: Fact): Sighting[] => {
  const properties = fieldOf(message, "properties") ?? fieldOf(message, "data");
  const said = sightingOf(valuesOf(properties, placeNames), valuesOf(properties, placeNumbers));
  // A response given at a poster or kiosk carries its place as the source.
  const poster = type === "response" && (channel === "qr" || channel === "kiosk") ? sightingOf(valuesOf(message, ["source"]), []) : [];
  return [...said, ...poster];
};

const valuesOf = (holder: unknown, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const value = textField(holder, name)?.trim();
    return value === undefined || value === "" || value.length > VALUE_MAX ? [] : [value];
  });

const sightingOf = (names: readonly string[], numbers: readonly string[]): Sighting[] => {
  const [name] = [...names, ...numbers];
  return name === undefined ? [] : [{ name, values: [...new Set([...names, ...numbers])] }];
};

/** Things of one kind in facts, each fact counted once for each thing; the most met first. */
export const countSightings = (facts: readonly Fact[], kind: "product" | "place", fields: readonly string[]): Count[] => {
  const counts = new Map<string, { name: string; values: Set<string>; meetings: number }>();
  for (const fact of facts) {
    const met = new Map(sightingsIn(fact, kind, fields).map((sighting) => [plainWords(sighting.name), sighting]));
    for (const [words, { name, values }] of met) {
      const before = counts.get(words) ?? { name, values: new Set(), meetings: 0 };
      for (const value of values) if (before.values.size < VALUES_MAX) before.values.add(value);
      counts.set(words, { ...before, meetings: before.meetings + 1 });
    }
  }
  return joinNumbers([...counts.values()].map(({ values, ...count }) => ({ ...count, values: [...values] })));
};

const sightingsIn = (fact: Fact, kind: "product" | "place", fields: readonly string[]): Sighting[] => {
  const own = fields.flatMap((field) => sightingOf(valuesOf({ value: textField(fact.message, field) }, ["value"]), []));
  return [...(kind === "product" ? productsIn(fact) : placesIn(fact)), ...own];
};

/** What each of some facts is about, by one name however they call it: the register's where it stands there.
 *  @returns one per fact; null where it names none, or several */
export const nameSightings = (facts: readonly Fact[], kind: "product" | "place", entries: readonly Named[], fields: readonly string[]): (string | null)[] => {
  const registered = new Map(entries.toReversed().flatMap((entry) => wordsOf(entry).map((words): [string, string] => [words, entry.name])));
  const names = new Map<string, string>();
  for (const { name, values } of countSightings(facts, kind, fields)) {
    const words = [name, ...values].map(plainWords);
    const own = words.map((word) => registered.get(word)).find((one) => one !== undefined) ?? name;
    for (const word of words) if (!names.has(word)) names.set(word, own);
  }
  return facts.map((fact) => {
    const own = new Set(sightingsIn(fact, kind, fields).map(({ name }) => names.get(plainWords(name)) ?? name));
    const [one] = own;
    return one !== undefined && own.size === 1 ? one : null;
  });
};

// What some facts call by its number alone is the thing that others name beside that number.
const joinNumbers = (counts: readonly Count[]): Count[] => {
  const ownerOf = new Map(counts.flatMap(({ name, values }) => values.map((value): [string, string] => [plainWords(value), plainWords(name)]).filter(([words, owner]) => words !== owner)));
  const joined = Map.groupBy(counts, ({ name }) => ownerOf.get(plainWords(name)) ?? plainWords(name));
  return [...joined]
    .map(([words, same]) => ({
      name: same.find(({ name }) => plainWords(name) === words)?.name ?? words,
      values: [...new Set(same.flatMap(({ values }) => values))].slice(0, VALUES_MAX),
      meetings: same.reduce((sum, { meetings }) => sum + meetings, 0),
    }))
    .toSorted((one, other) => other.meetings - one.meetings || (one.name < other.name ? -1 : 1));
};

const VALUES_MAX = 20;

/** All words that lead to an entry. */
export const wordsOf = ({ name, formerNames, alsoCalled }: Named): string[] => [name, ...formerNames, ...alsoCalled].map(plainWords);

/** Lays what was seen beside what is registered.
 *  @param counts the most met first
 *  @returns meetings per entry (by its place in the list), and what stands in no register, at most 100 */
export const compareWithRegister = (entries: readonly Named[], counts: readonly Count[], kind: EntryKind): { meetings: number[]; proposals: EntryProposal[] } => {
  const byWords = new Map<string, number>();
  for (const [index, entry] of entries.entries()) for (const words of wordsOf(entry)) if (!byWords.has(words)) byWords.set(words, index);
  const meetings = entries.map(() => 0);
  const proposals: EntryProposal[] = [];
  for (const count of counts) {
    const found = [count.name, ...count.values].map((value) => byWords.get(plainWords(value))).find((index) => index !== undefined);
    if (found !== undefined) meetings[found] = (meetings[found] ?? 0) + count.meetings;
    else if (plainWords(count.name) !== "") {
      const alsoCalled = count.values.filter((value) => plainWords(value) !== plainWords(count.name));
      proposals.push({ kind, name: count.name.slice(0, VALUE_MAX), alsoCalled, phase: kind === "stage" ? usualPhase(count.name) : null, meetings: count.meetings });
    }
  }
  // Whoever registers all stages at once gets them in the order in which customers pass them.
  const ordered = kind === "stage" ? proposals.toSorted((one, other) => rankOf(one) - rankOf(other)) : proposals;
  return { meetings, proposals: ordered.slice(0, PROPOSALS_MAX) };
};

const rankOf = ({ name, phase }: Pick<EntryProposal, "name" | "phase">): number => {
  const usual = usualStages.findIndex((stage) => plainWords(stage) === plainWords(name));
  const phases: Record<StagePhase, number> = { before: 0, during: 1, after: 2 };
  return (phase === null ? 3 : phases[phase]) * 100 + (usual < 0 ? 99 : usual);
};

const PROPOSALS_MAX = 100;

/** Whether a stage of this name usually lies before, during or after the purchase; null for names of one's own. */
export const usualPhase = (stage: string): StagePhase | null => {
  const words = ` ${plainWords(stage)} `;
  if (/ (discover|aware|awareness|consider|consideration|search|compare|inform|orient|evaluate|interest|plan) /u.test(words)) return "before";
  if (/ (buy|purchase|order|checkout|book|booking|decide|decision|pay|conversion) /u.test(words)) return "during";
  return / (receive|delivery|use|usage|help|get help|service|support|onboarding|renew|renewal|return|leave|loyalty|recommend|advocacy|retention) /u.test(words) ? "after" : null;
};

/** Whether putting an entry under a parent keeps the tree a tree, at most five deep.
 *  @param parentOf parents of all entries by id */
export const mayBeUnder = (id: string, parentId: string, parentOf: ReadonlyMap<string, string | null>): boolean => {
  let above: string | null = parentId;
  for (let depth = 1; above !== null; depth += 1) {
    if (above === id || depth > DEPTH_MAX) return false;
    above = parentOf.get(above) ?? null;
  }
  return true;
};

const DEPTH_MAX = 5;
