import type { Nameable } from "../../customers/experience/experience.contract.ts";
import { guessTouchpoint } from "./guess.rules.ts";
import { spellChannel } from "./usual-channels.rules.ts";
import { pagePathOf, pageUrlOf, textField } from "./message.rules.ts";
import type { MatchingRule, PropertyCondition } from "./touchpoints.contract.ts";

/** A rule made ready for many interactions. */
export type Matcher = (interaction: Nameable) => boolean;

/** Makes a rule ready: patterns are compiled once. A rule without conditions matches nothing. */
export const compileRule = (rule: MatchingRule): Matcher => {
  const tests: Matcher[] = [
    ...(isGiven(rule.types) ? [oneOfTypes(rule.types)] : []),
    ...(isGiven(rule.names) ? [namedLike(rule.names)] : []),
    ...(isGiven(rule.channels) ? [throughChannel(rule.channels)] : []),
    ...(isGiven(rule.pages) ? [onPage(rule.pages)] : []),
    ...(rule.properties ?? []).map(withProperty),
  ];
  return (interaction) => tests.length > 0 && tests.every((test) => test(interaction));
};

/** Matches when any of the rules does. */
export const compileRules = (rules: readonly MatchingRule[]): Matcher => {
  const matchers = rules.map(compileRule);
  return (interaction) => matchers.some((matches) => matches(interaction));
};

const isGiven = (list: readonly string[] | undefined): list is readonly string[] => list !== undefined && list.length > 0;

const oneOfTypes = (types: readonly string[]): Matcher => {
  const wanted = new Set(types.map((type) => type.toLowerCase()));
  return (interaction) => wanted.has(interaction.type.toLowerCase());
};

const namedLike = (names: readonly string[]): Matcher => {
  const exact = new Set(names.filter((name) => !name.includes("*")).map((name) => name.toLowerCase()));
  const patterns = names.filter((name) => name.includes("*")).map(patternOf);
  return ({ name }) => exact.has(name.toLowerCase()) || patterns.some((pattern) => pattern.test(name));
};

const throughChannel = (channels: readonly string[]): Matcher => {
  const wanted = new Set(channels.map((channel) => spellChannel(channel).toLowerCase()));
  return (interaction) => {
    const channel = guessTouchpoint(interaction).channel;
    return channel !== null && wanted.has(channel.toLowerCase());
  };
};

// A pattern that starts with a slash is compared with the path, any other with the whole address.
const onPage = (pages: readonly string[]): Matcher => {
  const paths = pages.filter((page) => page.startsWith("/")).map(patternOf);
  const addresses = pages.filter((page) => !page.startsWith("/")).map(patternOf);
  return ({ message }) => {
    const path = pagePathOf(message);
    const url = pageUrlOf(message);
    return (path !== null && paths.some((pattern) => pattern.test(path))) || (url !== null && addresses.some((pattern) => pattern.test(url)));
  };
};

type Pattern = { test: (text: string) => boolean };

// Beyond this a text is cut before it is compared: addresses of pages can be long, patterns are not.
const COMPARED_LENGTH = 2_000;

/** A pattern with stars. Each part between stars is looked for once, from left to right, so no pattern takes more than
 *  text length times pattern length; a regular expression of many stars would take for ever. */
const patternOf = (pattern: string): Pattern => {
  const parts = pattern.toLowerCase().split("*");
  return { test: (text) => matchesParts(parts, text.slice(0, COMPARED_LENGTH).toLowerCase()) };
};

const matchesParts = (parts: readonly string[], text: string): boolean => {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
};

const withProperty = (condition: PropertyCondition): Matcher => {
  const wanted = condition.value.toLowerCase();
  return ({ message }) => holds(condition, wanted, textField(message, condition.field));
};

const holds = (condition: PropertyCondition, wanted: string, found: string | undefined): boolean => {
  const text = found?.toLowerCase();
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
