import { hourMs } from "./demo-calendar.rules.ts";
import { alsoOfVisit } from "./demo-answers.rules.ts";
import type { Cause } from "./demo-causes.rules.ts";
import { agents, demoCompany, demoEffects, isDuring, products } from "./demo-company.rules.ts";
import { answerAfter, askRelationship, settingOf } from "./demo-feelings.rules.ts";
import { priceCents } from "./demo-online.rules.ts";
import { remember, say, shopOf, subjectOf, writeDown, type Story } from "./demo-story.rules.ts";

/** A visit to a shop: perhaps advice, perhaps a purchase, perhaps a queue. */
export const visitShop = (story: Story, at: number): void => {
  const { random, person } = story;
  const shop = shopOf(person);
  const item = random.pick(products);
  const isAdvised = random.chance(0.3);
  const isQueueing = random.chance(0.22 - 0.25 * shop.quality);
  const dearer = isDuring("price_change", at, story.options.now) && person.isPriceSensitive ? demoEffects.priceChange.purchaseFactor : 1;
  const isBought = random.chance(0.8 * dearer);
  story.outcomes.push({ kind: "occasion", at, channel: "store", isBought, isPriceSensitive: person.isPriceSensitive });
  // Drawn only where there is advice, so that the rest of the year stays as it is.
  const advisor = isAdvised ? random.pick(agents.filter((agent) => agent.team === "Shops")).key : null;
  if (advisor !== null) {
    writeDown(story, at, {
      type: "visit", name: "Advice in the shop", subject: subjectOf(person), channel: "store", direction: "customer",
      agent: advisor, properties: { shop: shop.name, about: item.category },
    });
  }
  if (isBought) {
    say(story, at + 1_200_000, null, {
      type: "track", event: "Store Purchase",
      properties: { channel: "store", shop: shop.name, receipt: `R${at % 10_000_000}`, total: priceCents(story, item, at) / 100, currency: demoCompany.currency, product_id: item.sku },
      ...(person.card === null ? {} : { context: { externalIds: [{ id: person.card, type: "loyalty_card", collection: "users", encoding: "none" }] } }),
    });
  }
  const causes: Cause[] = [...(isQueueing ? ["queue" as const] : []), ...(isAdvised ? ["advice" as const, "kind" as const] : ["kind" as const])];
  const felt = 0.3 + shop.quality + (isAdvised ? 0.5 : 0) - (isQueueing ? 1.7 : 0);
  remember(story, { at: at + hourMs, points: felt * 0.7, causes });
  if (isBought && person.email !== null && person.channels.app === 0 && random.chance(0.2)) {
    askRelationship(story, { at: at + 30 * hourMs, channel: "email", touchpoint: "Shop purchase" });
  }
  if (isBought && random.chance(0.16)) {
    answerAfter(story, { at: at + Math.floor(random.between(0.6, 20) * hourMs), channel: "store", touchpoint: "Shop purchase", about: null, served: { product: item.name, ...(advisor === null ? {} : { agent: advisor }) } }, {
      survey: "shop", kind: "csat", felt, also: alsoOfVisit, causes, setting: settingOf(story, { thing: item.word, shop: shop.name }),
    });
  }
};
