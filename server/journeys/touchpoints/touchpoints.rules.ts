import type { Nameable, Naming, Place } from "../../customers/experience/experience.contract.ts";
import { guessTouchpoint, plainWords, usualStage } from "./guess.rules.ts";
import { spellChannel } from "./usual-channels.rules.ts";
import { compileRules, readable } from "./matching.rules.ts";
import type { Legible, Matcher, PresentChannel } from "./matching.rules.ts";
import type { EvidenceLevel, Touchpoint, TouchpointKind, TouchpointNature } from "./touchpoints.contract.ts";

/** What naming needs of a registered touchpoint; the register is given in its order. */
export type RegisteredTouchpoint = Pick<Touchpoint, "key" | "name" | "formerNames" | "stage" | "channel" | "environment" | "rules">;

export type RegisteredChannel = { name: string; formerNames: readonly string[]; alsoCalled: readonly string[] };

/** Environments and products made ready to be recognised in many facts: `compileThings`. */
export type Things = {
  /** What the register calls an environment now; as it was written where no entry knows it. */
  environmentOf: (written: string) => string;
  /** The one product a fact is about; null when it names none, or several: a basket of three is about none of them alone. */
  productOf: (fact: Nameable) => string | null;
};

/** Makes a register ready to name interactions. What the sender said wins, then the first touchpoint with a matching rule, then a guess.
 *  Whatever name comes out, a registered touchpoint of that name (or key, or former name) lends its present name, stage and channel.
 *  @param channels whose other and former names all stand for the present one
 *  @returns touchpoint names as people read them */
export const compileRegister = (register: readonly RegisteredTouchpoint[], channels: readonly RegisteredChannel[] = [], things: Things = nothing): Naming => {
  const byName = new Map<string, RegisteredTouchpoint>();
  for (const touchpoint of register) {
    for (const name of [touchpoint.name, touchpoint.key, ...touchpoint.formerNames]) {
      const words = plainWords(name);
      if (!byName.has(words)) byName.set(words, touchpoint);
    }
  }
  const presentChannel = channelsByWord(channels);
  const ruled = register.filter((touchpoint) => touchpoint.rules.length > 0).map((touchpoint) => ({ touchpoint, matches: compileRules(touchpoint.rules, presentChannel) }));
  const compiled = { byName, ruled, things, presentChannel };
  if (channels.length === 0) return (interaction) => nameWith(interaction, compiled);
  return (interaction) => {
    const place = nameWith(interaction, compiled);
    return place.channel === null ? place : { ...place, channel: presentChannel(place.channel) };
  };
};

/** Finds what the register calls a channel now; as it was written where no entry knows it. */
export const channelsByWord = (channels: readonly RegisteredChannel[]): PresentChannel => {
  const channelOf = new Map(channels.toReversed().flatMap(({ name, formerNames, alsoCalled }) => [...formerNames, ...alsoCalled, name].map((word) => [channelKey(word), name])));
  return (channel) => (channels.length === 0 ? channel : (channelOf.get(channelKey(channel)) ?? channel));
};

const channelKey = (channel: string): string => plainWords(spellChannel(channel));

const spelt = (channel: string | null): string | null => (channel === null ? null : spellChannel(channel));

const nothing: Things = { environmentOf: (written) => written, productOf: () => null };

type Ruled = { touchpoint: RegisteredTouchpoint; matches: Matcher };

type Compiled = { byName: ReadonlyMap<string, RegisteredTouchpoint>; ruled: readonly Ruled[]; things: Things; presentChannel: PresentChannel };

const nameWith = (interaction: Nameable, { byName, ruled, things, presentChannel }: Compiled): Place => {
  const said = interaction.touchpoint;
  // A feeling is about a touchpoint only when somebody said which; its kind ("nps") is no touchpoint to guess from.
  const isFeeling = interaction.type === "perception";
  const matched = said === null && !isFeeling && ruled.length > 0 ? findMatch(readable(interaction, presentChannel), ruled) : undefined;
  const guess = isFeeling ? { touchpoint: null, stage: null, channel: null } : guessTouchpoint(interaction);
  const name = said ?? matched?.name ?? guess.touchpoint;
  const registered = matched ?? (name === null ? undefined : byName.get(plainWords(name)));
  return {
    touchpoint: registered?.name ?? name,
    // When the sender named the touchpoint, the stage guessed from the event may belong to another one.
    stage: interaction.stage ?? registered?.stage ?? (said === null ? guess.stage : usualStage(said)),
    channel: spelt(interaction.channel ?? registered?.channel ?? guess.channel),
    // What a sender calls an environment is mostly "production"; where the customer is, only the register says.
    environment: registered === undefined || registered.environment === null ? null : things.environmentOf(registered.environment),
    product: things.productOf(interaction),
  };
};

const findMatch = (legible: Legible, ruled: readonly Ruled[]): RegisteredTouchpoint | undefined => ruled.find(({ matches }) => matches(legible))?.touchpoint;

/** @returns how much is known of a touchpoint from the numbers of meetings and scores.
 *  30 meetings and 10 scores are the least from which the metrics show a number at all (science reference, 1.6). */
export const evidenceOf = (interactions: number, scores: number): EvidenceLevel => {
  if (interactions === 0 && scores === 0) return "assumption";
  return interactions >= 30 && scores >= 10 ? "measured" : "some";
};

/** What usually meets the customer at touchpoints of a kind. */
export const usualNature = (kind: TouchpointKind): TouchpointNature => {
  switch (kind) {
    case "support": return "human";
    case "shop": case "packaging": case "delivery": case "product": case "return": case "warranty": return "physical";
    case "advertising": case "website": case "app": case "search": case "social": case "comparison_site": case "purchase": case "offer":
    case "invoice": case "message": case "self_service": case "renewal": case "leaving": case "survey": case "other": return "digital";
    default: return kind satisfies never;
  }
};

/** A key made of the name's letters and digits, unlike all taken ones. */
export const keyFor = (name: string, taken: ReadonlySet<string>): string => {
  const base = plainWords(name).replaceAll(" ", "_").slice(0, 60) || "touchpoint";
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(key)) return key;
  }
};
