import { nameMentions, type KnownNames, type Mention, type Reading } from "@firsthand/text";
import type { Mark } from "./comments.contract.ts";
import { layMentions, layPersonal, overlap } from "./marks.rules.ts";
import type { NamedReading } from "./read-each.ts";

const NAME_LENGTH_MAX = 120;

/** A reading with what it names and how that is counted, under the names a workspace knows and over what people marked.
 *  @param reading as the model gives it; it is changed */
export const nameMarked = (text: string, reading: Reading, marks: readonly Mark[], known: KnownNames | null): NamedReading => {
  // Assigned, not spread: a spread takes four times as long.
  if (marks.length === 0) return Object.assign(reading, nameMentions(text, reading, known));
  const personalData = layPersonal(text, reading.personalData, marks);
  const found = nameMentions(text, { mentions: reading.mentions, personalData }, known);
  const { kept, laid } = layMentions(found.mentions, marks);
  const valuesOf = (mentions: readonly Mention[]): Set<string> => new Set(mentions.flatMap((one) => valuesIn(text, one, known)));
  const gone = valuesOf(found.mentions.filter((one) => !kept.includes(one)));
  const staying = valuesOf(kept);
  const named = [...found.named.filter((value) => !gone.has(value) || staying.has(value)), ...laid.filter((one) => !personalData.some((hidden) => overlap(hidden, one))).flatMap((one) => valuesOfMarked(text, one, known))];
  return Object.assign(reading, { personalData, mentions: [...kept, ...laid].toSorted((one, other) => one.from - other.from), named: [...new Set(named)] });
};

const valuesIn = (text: string, { kind, from, to }: Mention, known: KnownNames | null): string[] =>
  nameMentions(text.slice(from, to), { mentions: [{ kind, from: 0, to: to - from }], personalData: [] }, known).named;

// A person who was marked is counted only if it is a member: others are in no list, whoever names them.
const valuesOfMarked = (text: string, { kind, from, to }: Mention, known: KnownNames | null): string[] => {
  const words = text.slice(from, to);
  const members = nameMentions(words, { mentions: [], personalData: [] }, known).named.filter((value) => value.startsWith(`${kind}:`));
  if (members.length > 0 || kind === "person") return members;
  return [`${kind}:${words.trim().replaceAll(/\s+/gu, " ").slice(0, NAME_LENGTH_MAX)}`];
};
