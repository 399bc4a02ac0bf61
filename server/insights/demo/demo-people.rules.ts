import { demoCompany } from "./demo-company.rules.ts";
import { dayMs } from "./demo-calendar.rules.ts";
import type { DemoOptions, Language } from "./demo-model.rules.ts";
import { businessNames, firstNames, lastNames, mailDomains, plainLetters } from "./demo-names.rules.ts";
import { makeRandom, type Random } from "./demo-random.rules.ts";

export type Device = { anonymousId: string; kind: "desktop" | "phone" | "app" | "tablet"; isShared: boolean; signsIn: boolean };

export type Person = {
  key: string;
  household: string;
  group: { id: string; name: string } | null;
  firstName: string;
  lastName: string;
  language: Language;
  userId: string | null;
  email: string | null;
  isEmailShared: boolean;
  phone: string | null;
  card: string | null;
  devices: readonly Device[];
  /** Home shop, as a position in the list of shops. */
  shop: number;
  joinedAt: number;
  /** How fond of the company this person is to begin with; about -2 to 2. */
  loyalty: number;
  isPriceSensitive: boolean;
  /** Shopping occasions a year. */
  occasionsPerYear: number;
  /** Shares of occasions that take place in the app, the web shop, a shop. */
  channels: { app: number; web: number; store: number };
};

/** Persons come in cohorts of at most 2,500, so that any scale is made in the memory of one. */
export const cohortCount = (options: DemoOptions): number => Math.ceil(personCount(options) / demoCompany.personsPerScale);

export const personCount = (options: DemoOptions): number => Math.max(1, Math.round(options.scale * demoCompany.personsPerScale));

/** Everybody of one cohort, household by household.
 *  About a fifth are households of two; of these 18 % share an e-mail address and 30 % a tablet. */
export const makeCohort = (options: DemoOptions, cohort: number): readonly Person[] => {
  const size = Math.min(demoCompany.personsPerScale, personCount(options) - cohort * demoCompany.personsPerScale);
  const persons: Person[] = [];
  for (let household = 0; persons.length < size; household += 1) {
    const random = makeRandom(options.seed, "household", cohort, household);
    const name = { household: `c${cohort}-h${household}`, cohort, first: persons.length };
    const members = Math.min(random.chance(0.22) ? 2 : 1, size - persons.length);
    persons.push(...makeHousehold(random, options, { ...name, members }));
  }
  return persons;
};

type HouseholdPlan = { household: string; cohort: number; first: number; members: number };

const makeHousehold = (random: Random, options: DemoOptions, plan: HouseholdPlan): Person[] => {
  const language = random.weighted<Language>([["en", 94], ["no", 2], ["de", 2], ["es", 1], ["fr", 1]]);
  const lastName = random.pick(lastNames[language]);
  const shop = random.whole(0, 5);
  const group = plan.members === 1 && random.chance(0.06) ? makeGroup(random, plan.cohort) : null;
  const persons = Array.from({ length: plan.members }, (_, offset) =>
    makePerson(random, options, { ...plan, index: plan.first + offset, language, lastName, shop, group }));
  const [first, second] = persons;
  if (first === undefined || second === undefined) return persons;
  const withMail = random.chance(0.18) ? shareEmail(first, second) : [first, second];
  return random.chance(0.3) ? shareTablet(random, withMail) : withMail;
};

const makeGroup = (random: Random, cohort: number): { id: string; name: string } => {
  const number = random.whole(1, 36);
  const town = random.pick(["Nord", "Sør", "Øst", "Vest"]);
  return { id: `B${cohort}-${town}-${number}`, name: `${businessNames[number % businessNames.length] ?? "Office"} ${town}` };
};

type PersonPlan = HouseholdPlan & { index: number; language: Language; lastName: string; shop: number; group: Person["group"] };

const makePerson = (random: Random, options: DemoOptions, plan: PersonPlan): Person => {
  const number = 1_000_000 + plan.cohort * demoCompany.personsPerScale + plan.index;
  const knownBy = random.weighted([["account", 72], ["guest", 16], ["card", 12]] as const);
  const firstName = random.pick(firstNames[plan.language]);
  const channels = drawChannels(random, knownBy);
  const yearStart = options.now - demoCompany.yearDays * dayMs;
  return {
    key: `c${plan.cohort}-p${plan.index}`,
    household: plan.household,
    group: plan.group,
    firstName,
    lastName: plan.lastName,
    language: plan.language,
    userId: knownBy === "account" ? `N${number}` : null,
    email: knownBy === "card" ? null : emailOf(random, firstName, plan.lastName, number),
    isEmailShared: false,
    phone: random.chance(knownBy === "guest" ? 0.2 : 0.65) ? `+47${90_000_000 + (number % 9_999_999)}` : null,
    card: knownBy === "card" || (knownBy === "account" && random.chance(0.4)) ? `70${number}` : null,
    devices: knownBy === "card" ? [] : drawDevices(random, channels.app > 0),
    shop: plan.shop,
    joinedAt: random.chance(0.75) ? yearStart : random.between(yearStart, options.now - 20 * dayMs),
    loyalty: random.normal() * 0.9,
    isPriceSensitive: random.chance(0.35),
    occasionsPerYear: Math.min(14, 1.2 + Math.exp(random.normal() * 0.7) * (plan.group === null ? 1.5 : 3)),
    channels,
  };
};

const emailOf = (random: Random, firstName: string, lastName: string, number: number): string =>
  `${plainLetters(firstName)}.${plainLetters(lastName)}${number % 100_000}@${random.pick(mailDomains)}`;

const drawChannels = (random: Random, knownBy: "account" | "guest" | "card"): Person["channels"] => {
  if (knownBy === "card") return { app: 0, web: 0, store: 1 };
  if (knownBy === "guest") return { app: 0, web: 0.9, store: 0.1 };
  const app = random.chance(0.6) ? random.between(0.3, 0.75) : 0;
  const store = random.between(0.05, 0.4) * (1 - app);
  return { app, web: 1 - app - store, store };
};

const drawDevices = (random: Random, hasApp: boolean): Device[] => {
  const make = (kind: Device["kind"], signsIn: boolean): Device => ({ anonymousId: uuidOf(random), kind, isShared: false, signsIn });
  const devices = [make(random.chance(0.55) ? "desktop" : "phone", true)];
  if (hasApp) devices.push(make("app", true));
  // A second browser that mostly never signs in is why one person looks like several.
  if (random.chance(0.35)) devices.push(make(random.chance(0.5) ? "phone" : "desktop", random.chance(0.6)));
  return devices;
};

const shareEmail = (first: Person, second: Person): Person[] =>
  first.email === null || second.email === null || first.userId === null || second.userId === null
    ? [first, second]
    : [{ ...first, isEmailShared: true }, { ...second, email: first.email, isEmailShared: true }];

const shareTablet = (random: Random, persons: readonly Person[]): Person[] => {
  if (!persons.every((person) => person.userId !== null)) return [...persons];
  const tablet: Device = { anonymousId: uuidOf(random), kind: "tablet", isShared: true, signsIn: true };
  return persons.map((person) => ({ ...person, devices: [...person.devices, tablet] }));
};

/** A random identifier in the usual form of version 4, as browsers' libraries make them. */
export const uuidOf = (random: Random): string =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
