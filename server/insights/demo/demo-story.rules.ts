import { dayMs, isoText } from "./demo-calendar.rules.ts";
import type { Cause } from "./demo-causes.rules.ts";
import { demoEffects, effectDates, isDuring, shops } from "./demo-company.rules.ts";
import type { DemoEntry, DemoMessage, DemoOptions, DemoRecord, JsonFields, LeavingReason, NeedLabel } from "./demo-model.rules.ts";
import type { Device, Person } from "./demo-people.rules.ts";
import type { Random } from "./demo-random.rules.ts";

/** Something a person went through and how many points of the 0-10 answer it moved, for a while. */
export type Experience = { at: number; points: number; causes: readonly Cause[] };

/** What really happened, for the ground truth; never loaded into the product. */
export type Outcome =
  | { kind: "promise"; promise: "delivery" | "call_back" | "refund"; madeAt: number; dueAt: number; keptAt: number | null }
  | { kind: "asked_nps"; at: number; channel: string; value: number; isAnswered: boolean }
  | { kind: "occasion"; at: number; channel: string; isBought: boolean; isPriceSensitive: boolean };

/** One person's year while it is being told: verbs of the other files add to its lists. */
export type Story = {
  options: DemoOptions;
  person: Person;
  random: Random;
  records: DemoRecord[];
  outcomes: Outcome[];
  experiences: Experience[];
  seen: Set<string>;
  linked: Set<string>;
  signedIn: Set<string>;
  lastAskedAt: number;
  leftAt: number | null;
  leftBecause: LeavingReason | null;
  messages: number;
};

export const beginStory = (options: DemoOptions, person: Person, random: Random): Story => ({
  options, person, random, records: [], outcomes: [], experiences: [], seen: new Set(), linked: new Set(), signedIn: new Set(),
  lastAskedAt: Number.NEGATIVE_INFINITY, leftAt: null, leftBecause: null, messages: 0,
});

export type Said = Pick<DemoMessage, "type"> & Partial<Pick<DemoMessage, "event" | "name" | "properties" | "traits" | "groupId">> & {
  /** Page address for pages of the web shop. */
  path?: string;
  /** Fields that the sender's library would put into the context, beside the usual ones. */
  context?: JsonFields;
};

/** Adds a message as the device's library would send it, or the company's own server when there is no device.
 *  @returns the message id */
export const say = (story: Story, at: number, device: Device | null, said: Said): string => {
  const { path, context, ...fields } = said;
  const messageId = nextMessageId(story);
  const isKnown = device === null || story.signedIn.has(device.anonymousId);
  const message: DemoMessage = {
    ...fields,
    messageId,
    ...(device === null ? serverIdentity(story.person) : { anonymousId: device.anonymousId }),
    ...(isKnown && story.person.userId !== null ? { userId: story.person.userId } : {}),
    context: { ...contextOf(story, at, device, path), ...(device === null ? serverContext(story.person) : {}), ...context },
    timestamp: isoText(at),
  };
  noteIdentifiers(story, message);
  addRecord(story, at, delayOf(story, at, device), { record: "message", message: { ...message, sentAt: message.timestamp } });
  return messageId;
};

/** Adds what a member wrote down: a call, a visit, or an answered survey. */
export const writeDown = (story: Story, at: number, entry: Omit<DemoEntry, "messageId" | "timestamp">): string => {
  const messageId = nextMessageId(story);
  if (entry.subject !== null) story.seen.add(entry.subject);
  addRecord(story, at, 2_000, { record: "entry", entry: { ...entry, messageId, timestamp: isoText(at) } });
  return messageId;
};

/** Adds a record unless it lies after the end of the year. Arrival never lies after the end either. */
export const addRecord = (story: Story, at: number, delayMs: number, content: DemoRecord["content"], needs: readonly NeedLabel[] = []): void => {
  if (at >= story.options.now) return;
  const receivedAt = Math.min(at + delayMs, story.options.now - 1);
  story.records.push({ at, receivedAt, person: story.person.key, needs, content: sentOnArrival(content, receivedAt) });
};

// A device that was offline sends later: the send time is what the time correction of the ingest works with.
const sentOnArrival = (content: DemoRecord["content"], receivedAt: number): DemoRecord["content"] =>
  content.record === "message" ? { record: "message", message: { ...content.message, sentAt: isoText(receivedAt) } } : content;

export const remember = (story: Story, experience: Experience): void => {
  story.experiences.push(experience);
};

export const leave = (story: Story, at: number, because: LeavingReason): void => {
  if (story.leftAt !== null && story.leftAt <= at) return;
  story.leftAt = at;
  story.leftBecause = because;
};

/** How a person would answer the recommendation question at an instant, before the noise of answering; about 0 to 10. */
export const regard = (story: Story, at: number): number => {
  const { memoryDays } = demoEffects.badRelease;
  const recent = story.experiences.reduce((sum, experience) =>
    experience.at > at ? sum : sum + experience.points * Math.exp(-(at - experience.at) / (memoryDays * dayMs)), 0);
  return 8.2 + 1.1 * story.person.loyalty + priceEffect(story, at) + Math.max(-6, Math.min(1.6, recent));
};

const priceEffect = (story: Story, at: number): number => {
  const { sensitivePoints, otherPoints, halfLifeDays } = demoEffects.priceChange;
  const from = effectDates(story.options.now).find((effect) => effect.key === "price_change")?.from ?? Number.POSITIVE_INFINITY;
  if (at < from) return 0;
  return -(story.person.isPriceSensitive ? sensitivePoints : otherPoints) * 0.5 ** ((at - from) / (halfLifeDays * dayMs));
};

/** The strongest identifier the person is known by: "user:...", "email:...", or the loyalty card. */
export const subjectOf = (person: Person): string | null => {
  if (person.userId !== null) return `user:${person.userId}`;
  if (person.email !== null) return `email:${person.email}`;
  return person.card === null ? null : `external:loyalty_card:${person.card}`;
};

export const shopOf = (person: Person): (typeof shops)[number] => shops[person.shop] ?? shops[0];

const nextMessageId = (story: Story): string => {
  story.messages += 1;
  return `demo-${story.options.seed.toString(36)}-${story.person.key}-${story.messages}`;
};

const serverIdentity = (person: Person): { anonymousId?: string } => {
  if (person.userId !== null) return {};
  const device = person.devices[0];
  return { anonymousId: device === undefined ? `card-${person.card ?? person.key}` : device.anonymousId };
};

const serverContext = (person: Person): JsonFields => ({
  library: { name: "analytics-node", version: "3.1.0" },
  ...(person.userId === null && person.email !== null ? { traits: { email: person.email } } : {}),
});

const contextOf = (story: Story, at: number, device: Device | null, path: string | undefined): JsonFields => {
  const locale = { en: "en-GB", no: "nb-NO", de: "de-DE", es: "es-ES", fr: "fr-FR" }[story.person.language];
  if (device === null) return {};
  if (device.kind === "app") {
    return { locale, app: { name: "Nordlys", version: appVersion(story, at) }, device: { type: "ios" }, library: { name: "analytics-swift", version: "1.7.3" } };
  }
  const page: JsonFields = path === undefined ? {} : { page: { path, url: `https://shop.nordlys.example${path}` } };
  return { ...page, locale, library: { name: "analytics.js", version: "next-1.84.3" }, userAgentData: { mobile: device.kind === "phone" } };
};

export const appVersion = (story: Story, at: number): string => {
  const { version, fixedVersion, goodVersion } = demoEffects.badRelease;
  if (isDuring("bad_release", at, story.options.now)) return version;
  return effectDates(story.options.now).some((effect) => effect.key === "bad_release" && at < effect.from) ? goodVersion : fixedVersion;
};

// One in forty app messages waits for a connection for up to three days; the rest arrive within seconds.
const delayOf = (story: Story, at: number, device: Device | null): number => {
  if (device?.kind === "app" && story.random.chance(0.025)) return Math.floor(story.random.between(0.5, 72) * 3_600_000);
  return 200 + (at % 1_900);
};

const noteIdentifiers = (story: Story, message: DemoMessage): void => {
  const { person } = story;
  const traits = JSON.stringify([message.traits ?? null, message.context?.["traits"] ?? null]);
  const found = [
    message.userId === undefined ? null : `user:${message.userId}`,
    isOwnDevice(person, message.anonymousId) ? `anonymous:${message.anonymousId}` : null,
    person.email !== null && !person.isEmailShared && traits.includes(`"${person.email}"`) ? `email:${person.email}` : null,
    person.phone !== null && traits.includes(`"${person.phone}"`) ? `phone:${person.phone}` : null,
    person.card !== null && message.context?.["externalIds"] !== undefined ? `external:loyalty_card:${person.card}` : null,
  ].filter((identifier) => identifier !== null);
  for (const identifier of found) {
    story.seen.add(identifier);
    if (found.length > 1) story.linked.add(identifier);
  }
};

const isOwnDevice = (person: Person, anonymousId: string | undefined): boolean =>
  anonymousId !== undefined && !person.devices.some((device) => device.isShared && device.anonymousId === anonymousId);
