import { dayMs, drawInstant, hourMs, officeRhythm, onlineRhythm, shopRhythm } from "./demo-calendar.rules.ts";
import { demoCompany, demoEffects, effectDates, mailCampaigns, supportReasons } from "./demo-company.rules.ts";
import { askRelationship } from "./demo-feelings.rules.ts";
import type { DemoOptions } from "./demo-model.rules.ts";
import { visitOnline } from "./demo-online.rules.ts";
import type { Person } from "./demo-people.rules.ts";
import { makeRandom } from "./demo-random.rules.ts";
import { visitShop } from "./demo-shop.rules.ts";
import { beginStory, leave, say, type Story } from "./demo-story.rules.ts";
import { contactSupport } from "./demo-support.rules.ts";

type Moment = { at: number; what: "app" | "web" | "store" | "ask" | "mail" | "support" };

/** One person's whole year. Moments come in order of time, so what was lived through colours what follows. */
export const liveYear = (options: DemoOptions, person: Person): Story => {
  const story = beginStory(options, person, makeRandom(options.seed, "year", person.key));
  for (const moment of planMoments(story)) {
    if (hasGone(story, moment)) continue;
    live(story, moment);
  }
  return story;
};

const live = (story: Story, moment: Moment): void => {
  switch (moment.what) {
    case "app": case "web": return visitOnline(story, moment.at, moment.what);
    case "store": return visitShop(story, moment.at);
    case "ask": return askRelationship(story, { at: moment.at, channel: "email", touchpoint: null });
    case "mail": return sendCampaign(story, moment.at);
    case "support": return contactSupport(story, moment.at, story.random.pick(supportReasons.filter((reason) => reason === "question" || reason === "invoice" || reason === "product_fault")));
    default: return moment.what satisfies never;
  }
};

const planMoments = (story: Story): readonly Moment[] => {
  const { random, person, options } = story;
  const share = (options.now - person.joinedAt) / (demoCompany.yearDays * dayMs);
  const moments: Moment[] = [];
  const plan = (what: Moment["what"], mean: number, rhythm: typeof onlineRhythm): void => {
    for (let count = random.poisson(mean * share); count > 0; count -= 1) {
      moments.push({ what, at: drawInstant(random, rhythm, person.joinedAt, options.now) });
    }
  };
  plan("app", 5 * person.occasionsPerYear * person.channels.app, onlineRhythm);
  plan("web", person.occasionsPerYear * person.channels.web, onlineRhythm);
  plan("store", person.occasionsPerYear * person.channels.store, shopRhythm);
  plan("support", 0.35, officeRhythm);
  if (person.email !== null) {
    // People with the app are asked there, after they used it.
    plan("ask", person.channels.app > 0 ? 0 : 2.2, officeRhythm);
    plan("mail", 1.5, officeRhythm);
  }
  return moments.toSorted((left, right) => left.at - right.at);
};

/** Whether the person is no customer any more. People also leave for reasons of their own, and some after the price change. */
const hasGone = (story: Story, moment: Moment): boolean => {
  if (story.leftAt !== null) {
    // The company learns of it late: it still asks for a while.
    return moment.at >= story.leftAt && !(moment.what === "ask" && moment.at < story.leftAt + 40 * dayMs);
  }
  const isShopping = moment.what === "app" || moment.what === "web" || moment.what === "store";
  if (!isShopping) return false;
  if (leavesOverPrice(story, moment.at)) { leave(story, moment.at, "price_change"); return true; }
  if (story.random.chance(moment.what === "app" ? 0.003 : 0.012)) { leave(story, moment.at, "moved_on"); return true; }
  return false;
};

const leavesOverPrice = (story: Story, at: number): boolean => {
  const from = effectDates(story.options.now).find((effect) => effect.key === "price_change")?.from ?? Number.POSITIVE_INFINITY;
  // People decide in the first two months or stay.
  return story.person.isPriceSensitive && at >= from && at < from + 60 * dayMs && story.random.chance(demoEffects.priceChange.leaveShare / 2);
};

const sendCampaign = (story: Story, at: number): void => {
  const { random } = story;
  const properties = { channel: "email", campaign: random.pick(mailCampaigns) };
  say(story, at, null, { type: "track", event: "Email Delivered", properties });
  if (!random.chance(0.3)) return;
  const openedAt = at + Math.floor(random.between(0.1, 30) * hourMs);
  say(story, openedAt, null, { type: "track", event: "Email Opened", properties });
  if (random.chance(0.25)) say(story, openedAt + 20_000, null, { type: "track", event: "Email Link Clicked", properties });
};
