import type { Nameable } from "../../customers/experience/experience.contract.ts";
import { guessTouchpoint } from "./guess.rules.ts";
import { spellChannel } from "./usual-channels.rules.ts";
import { pagePathOf, pageUrlOf, textField } from "./message.rules.ts";
import type { MatchingRule, PropertyCondition } from "./touchpoints.contract.ts";

/** What rules read of one interaction, in small letters. */
export type Legible = { type: string; name: string; channel: () => string | null; path: () => string | null; url: () => string | null; field: (path: string) => string | undefined };

/** A rule made ready for many interactions. */
export type Matcher = (legible: Legible) => boolean;

// Beyond this a text is cut before it is compared: addresses of pages can be long, patterns are not.
const COMPARED_LENGTH = 2_000;

/** What a channel is called now, whatever it was called when it was written down. */
export type PresentChannel = (channel: string) => string;
const asWritten: PresentChannel = (channel) => channel;

/** Makes an interaction ready for many rules: each thing is worked out when a rule first asks for it, and once. */
export const readable = (interaction: Nameable, presentChannel = asWritten): Legible => {
  const { message } = interaction;
  const fields = new Map<string, string | undefined>();
  return {
    type: interaction.type.toLowerCase(),
    name: comparable(interaction.name),
    channel: once(() => {
      const { channel } = guessTouchpoint(interaction);
      return channel === null ? null : presentChannel(channel).toLowerCase();
    }),
    path: once(() => nullOr(pagePathOf(message))),
    url: once(() => nullOr(pageUrlOf(message))),
    field: (path) => {
      if (!fields.has(path)) fields.set(path, textField(message, path)?.toLowerCase());
      return fields.get(path);
    },
  };
};

const comparable = (text: string): string => text.slice(0, COMPARED_LENGTH).toLowerCase();
const nullOr = (text: string | null): string | null => (text === null ? null : comparable(text));

const once = <Value>(find: () => Value): (() => Value) => {
  let found: { value: Value } | null = null;
  return () => (found ??= { value: find() }).value;
};

/** Makes a rule ready: patterns are compiled once. A rule without conditions matches nothing. */
export const compileRule = (rule: MatchingRule, presentChannel = asWritten): Matcher => {
  const tests: Matcher[] = [
    ...(isGiven(rule.types) ? [oneOfTypes(rule.types)] : []),
    ...(isGiven(rule.names) ? [namedLike(rule.names)] : []),
    ...(isGiven(rule.channels) ? [throughChannel(rule.channels, presentChannel)] : []),
    ...(isGiven(rule.pages) ? [onPage(rule.pages)] : []),
    ...(rule.properties ?? []).map(withProperty),
  ];
  return (legible) => tests.length > 0 && tests.every((test) => test(legible));
};

/** Matches when any of the rules does. */
export const compileRules = (rules: readonly MatchingRule[], presentChannel = asWritten): Matcher => {
  const matchers = rules.map((rule) => compileRule(rule, presentChannel));
  return (legible) => matchers.some((matches) => matches(legible));
};

/** Whether any of the rules looks into the message itself, where names, addresses and whatever else a sender put stand. */
export const looksIntoMessages = (rules: readonly MatchingRule[]): boolean => rules.some(({ pages, properties }) => isGiven(pages) || isGiven(properties));

/** How many conditions rules try one by one on an interaction that none of them fits. Types, channels and names without stars are looked up all at once. */
export const countTried = (rules: readonly MatchingRule[]): number =>
  rules.reduce((sum, { names = [], pages = [], properties = [] }) => sum + 1 + names.filter((name) => name.includes("*")).length + pages.length + properties.length, 0);

const isGiven = <Item>(list: readonly Item[] | undefined): list is readonly Item[] => list !== undefined && list.length > 0;

const oneOfTypes = (types: readonly string[]): Matcher => {
  const wanted = new Set(types.map((type) => type.toLowerCase()));
  return ({ type }) => wanted.has(type);
};

const namedLike = (names: readonly string[]): Matcher => {
  const exact = new Set(names.filter((name) => !name.includes("*")).map((name) => name.toLowerCase()));
  const patterns = names.filter((name) => name.includes("*")).map(patternOf);
  return ({ name }) => exact.has(name) || patterns.some((matches) => matches(name));
};

const throughChannel = (channels: readonly string[], presentChannel: PresentChannel): Matcher => {
  const wanted = new Set(channels.map((channel) => presentChannel(spellChannel(channel)).toLowerCase()));
  return (legible) => {
    const channel = legible.channel();
    return channel !== null && wanted.has(channel);
  };
};

// A pattern that starts with a slash is compared with the path, any other with the whole address.
const onPage = (pages: readonly string[]): Matcher => {
  const paths = pages.filter((page) => page.startsWith("/")).map(patternOf);
  const addresses = pages.filter((page) => !page.startsWith("/")).map(patternOf);
  const isLike = (text: string | null, patterns: readonly Pattern[]): boolean => text !== null && patterns.some((matches) => matches(text));
  return (legible) => (paths.length > 0 && isLike(legible.path(), paths)) || (addresses.length > 0 && isLike(legible.url(), addresses));
};

type Pattern = (text: string) => boolean;

/** A pattern with stars. Each part between stars is looked for once, from left to right, so no pattern takes more than
 *  text length times pattern length; a regular expression of many stars would take for ever. */
const patternOf = (pattern: string): Pattern => {
  const parts = pattern.toLowerCase().split("*");
  return (text) => matchesParts(parts, text);
};

const matchesParts = (parts: readonly string[], text: string): boolean => {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (let place = 1; place < parts.length - 1; place += 1) {
    const part = parts[place] ?? "";
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from;
};

const withProperty = (condition: PropertyCondition): Matcher => {
  const wanted = condition.value.toLowerCase();
  return (legible) => holds(condition, wanted, legible.field(condition.field));
};

const holds = (condition: PropertyCondition, wanted: string, text: string | undefined): boolean => {
  switch (condition.operator) {
    case "is": return text === wanted;
    case "is_not": return text !== wanted;
    case "contains": return text !== undefined && text.includes(wanted);
    case "starts_with": return text !== undefined && text.startsWith(wanted);
    case "exists": return text !== undefined;
    case "missing": return text === undefined;
    case "more_than": return text !== undefined && text.trim() !== "" && Number(text) > Number(wanted);
    case "less_than": return text !== undefined && text.trim() !== "" && Number(text) < Number(wanted);
    default: return condition.operator satisfies never;
  }
};
