import { dayMs, drawInstant, isoText, onlineRhythm, shopRhythm } from "./demo-calendar.rules.ts";
import { demoCompany, products, shops } from "./demo-company.rules.ts";
import type { DemoMessage, DemoOptions, DemoRecord } from "./demo-model.rules.ts";
import { uuidOf, type Person } from "./demo-people.rules.ts";
import { makeRandom, type Random } from "./demo-random.rules.ts";

/** Values that a broken tag or a careless integration sends as an identifier; they stand for nobody. */
export const junkIdentifiers = [
  "anonymous:null", "anonymous:undefined", "anonymous:0", "anonymous:anonymous", "anonymous:[object Object]",
  "user:guest", "user:test", "email:test@test.com",
] as const;

/** Screens in shops on which hundreds of people look around and some sign in. */
export const kioskIdentifiers: readonly string[] = shops.slice(0, 2).map((shop) => `anonymous:kiosk-${shop.key}`);

/** What real streams hold besides the customers' own year: passers-by, kiosks, and broken identifiers. */
export const makeNoise = (options: DemoOptions, cohort: number, persons: readonly Person[]): readonly DemoRecord[] => {
  const random = makeRandom(options.seed, "noise", cohort);
  const share = persons.length / demoCompany.personsPerScale;
  const start = options.now - demoCompany.yearDays * dayMs;
  const teller = makeTeller(options, cohort, start);
  const records: DemoRecord[] = [];
  for (let visitor = Math.round(1_200 * share); visitor > 0; visitor -= 1) records.push(...passBy(random, teller));
  for (let touch = Math.round(2_200 * share); touch > 0; touch -= 1) records.push(touchKiosk(random, teller, persons));
  for (let message = Math.round(450 * share); message > 0; message -= 1) records.push(breakIdentifier(random, teller, persons));
  return records;
};

/** Messages that a client sends a second time because the first reply got lost: same message id, a little later. */
export const repeatSome = (options: DemoOptions, cohort: number, records: readonly DemoRecord[]): readonly DemoRecord[] => {
  const random = makeRandom(options.seed, "repeat", cohort);
  return records
    .filter((record) => record.content.record === "message" && random.chance(0.01))
    .map((record) => ({ ...record, receivedAt: Math.min(options.now - 1, record.receivedAt + random.whole(1_000, 3_600_000)) }));
};

type Teller = {
  tell: (at: number, person: string | null, message: Omit<DemoMessage, "messageId" | "timestamp">) => DemoRecord;
  instant: (random: Random, rhythm: typeof onlineRhythm) => number;
};

const makeTeller = (options: DemoOptions, cohort: number, start: number): Teller => {
  let told = 0;
  return {
    tell: (at, person, message) => {
      told += 1;
      const receivedAt = Math.min(at + 900, options.now - 1);
      const messageId = `demo-${options.seed.toString(36)}-n${cohort}-${told}`;
      return { at, receivedAt, person, needs: [], content: { record: "message", message: { ...message, messageId, timestamp: isoText(at), sentAt: isoText(receivedAt) } } };
    },
    instant: (random, rhythm) => Math.min(drawInstant(random, rhythm, start, options.now), options.now - 1),
  };
};

const webContext = (path: string): NonNullable<DemoMessage["context"]> => ({
  page: { path, url: `https://shop.nordlys.example${path}` }, library: { name: "analytics.js", version: "next-1.84.3" },
});

/** Somebody who looks and never says who it is. */
const passBy = (random: Random, { tell, instant }: Teller): DemoRecord[] => {
  const anonymousId = uuidOf(random);
  const start = instant(random, onlineRhythm);
  const records = [tell(start, null, { type: "page", name: "Home", anonymousId, context: webContext("/") })];
  for (let views = random.whole(0, 3); views > 0; views -= 1) records.push(tell(start - views * 40_000, null, lookAt(random, { anonymousId })));
  return records;
};

const lookAt = (random: Random, who: { anonymousId: string; userId?: string }): Omit<DemoMessage, "messageId" | "timestamp"> => {
  const product = random.pick(products);
  return {
    type: "track", event: "Product Viewed", ...who, context: webContext(`/products/${product.sku.toLowerCase()}`),
    properties: { product_id: product.sku, name: product.name, category: product.category },
  };
};

const touchKiosk = (random: Random, { tell, instant }: Teller, persons: readonly Person[]): DemoRecord => {
  const kiosk = { anonymousId: random.pick(kioskIdentifiers).slice("anonymous:".length) };
  const at = instant(random, shopRhythm);
  const person = random.pick(persons);
  if (person.userId !== null && person.joinedAt < at && random.chance(0.04)) {
    return tell(at, person.key, { type: "identify", ...kiosk, userId: person.userId, context: webContext("/kiosk") });
  }
  return random.chance(0.5)
    ? tell(at, null, lookAt(random, kiosk))
    : tell(at, null, { type: "page", name: "Kiosk", ...kiosk, context: webContext("/kiosk") });
};

const breakIdentifier = (random: Random, { tell, instant }: Teller, persons: readonly Person[]): DemoRecord => {
  const at = instant(random, onlineRhythm);
  const person = random.pick(persons);
  const [kind, value] = splitOnce(random.pick(junkIdentifiers));
  if (kind === "email") return tell(at, null, { type: "identify", anonymousId: uuidOf(random), traits: { email: value }, context: webContext("/checkout") });
  if (kind === "user") return tell(at, null, lookAt(random, { anonymousId: uuidOf(random), userId: value }));
  // Real customers behind a broken identifier: whoever trusts it makes one person of them all.
  return person.userId !== null && person.joinedAt < at && random.chance(0.3)
    ? tell(at, person.key, lookAt(random, { anonymousId: value, userId: person.userId }))
    : tell(at, null, lookAt(random, { anonymousId: value }));
};

const splitOnce = (identifier: string): readonly [string, string] => {
  const colon = identifier.indexOf(":");
  return [identifier.slice(0, colon), identifier.slice(colon + 1)];
};
