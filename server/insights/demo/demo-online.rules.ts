import { dayMs, hourMs, isoText, noonAfter } from "./demo-calendar.rules.ts";
import { demoCompany, demoEffects, isDuring, products, type Product } from "./demo-company.rules.ts";
import { fulfil } from "./demo-delivery.rules.ts";
import { askRelationship, settingOf, writeReview } from "./demo-feelings.rules.ts";
import type { JsonFields } from "./demo-model.rules.ts";
import type { Device } from "./demo-people.rules.ts";
import { appVersion, leave, remember, say, type Story } from "./demo-story.rules.ts";
import { contactSupport } from "./demo-support.rules.ts";

type Visit = { channel: "app" | "web"; device: Device; product: Product; at: number };

/** One visit to the web shop or app, which may end in an order, a crash, or nothing. */
export const visitOnline = (story: Story, at: number, channel: "app" | "web"): void => {
  const device = pickDevice(story, channel);
  if (device === null) return;
  const visit = lookAround(story, { channel, device, product: story.random.pick(products), at });
  const isCrashing = channel === "app" && isDuring("bad_release", visit.at, story.options.now) && story.random.chance(demoEffects.badRelease.crashShare);
  if (isCrashing) crash(story, visit);
  const isBought = story.random.chance(buyingChance(story, visit, isCrashing));
  story.outcomes.push({ kind: "occasion", at, channel, isBought, isPriceSensitive: story.person.isPriceSensitive });
  if (isBought) order(story, visit);
  else if (story.random.chance(0.2)) fillBasket(story, visit);
  if (!isCrashing && story.random.chance(0.25)) {
    remember(story, { at: visit.at, points: story.random.chance(0.85) ? 0.5 : -1, causes: [impression(story, channel)] });
  }
  if (channel === "app") afterApp(story, visit, isCrashing);
};

const impression = (story: Story, channel: "app" | "web"): "app_easy" | "site_easy" | "site_hard" =>
  channel === "app" ? "app_easy" : story.random.chance(0.8) ? "site_easy" : "site_hard";

const pickDevice = (story: Story, channel: "app" | "web"): Device | null => {
  const fitting = story.person.devices.filter((device) => (device.kind === "app") === (channel === "app"));
  return fitting.length === 0 ? null : story.random.pick(fitting);
};

const lookAround = (story: Story, visit: Visit): Visit => {
  const { random } = story;
  let at = visit.at;
  const next = (): number => (at += Math.floor(random.between(12_000, 150_000)));
  if (visit.channel === "app") {
    say(story, at, visit.device, { type: "track", event: "Application Opened", properties: { version: appVersion(story, at) } });
  } else {
    say(story, at, visit.device, { type: "page", name: "Home", path: "/" });
  }
  if (random.chance(0.25)) say(story, next(), visit.device, listing(visit));
  signIn(story, next(), visit.device);
  let product = visit.product;
  for (let views = random.weighted(visit.channel === "app" ? [[0, 2], [1, 5], [2, 1]] : [[1, 5], [2, 3], [3, 1]]); views > 0; views -= 1) {
    product = random.chance(0.7) ? visit.product : random.pick(products);
    say(story, next(), visit.device, {
      type: "track", event: "Product Viewed", path: `/products/${product.sku.toLowerCase()}`, properties: productFields(story, product, at),
    });
  }
  return { ...visit, product, at: next() };
};

const listing = (visit: Visit): Parameters<typeof say>[3] =>
  visit.channel === "app"
    ? { type: "screen", name: "Product list", properties: { category: visit.product.category } }
    : { type: "page", name: "Product list", path: `/products/${visit.product.category}`, properties: { category: visit.product.category } };

/** Signing in ties the device to the account; on a shared tablet it only says who holds it now. */
const signIn = (story: Story, at: number, device: Device): void => {
  const { person } = story;
  if (person.userId === null || !device.signsIn) return;
  if (story.signedIn.has(device.anonymousId) && !device.isShared) return;
  if (!device.isShared && story.random.chance(0.25)) return;
  story.signedIn.add(device.anonymousId);
  say(story, at, device, { type: "identify", traits: traitsOf(story) });
  if (person.group !== null) say(story, at + 400, device, { type: "group", groupId: person.group.id, traits: { name: person.group.name } });
};

const traitsOf = (story: Story): JsonFields => {
  const { person } = story;
  return {
    ...(person.email === null ? {} : { email: person.email }),
    ...(person.phone === null ? {} : { phone: person.phone }),
    firstName: person.firstName, lastName: person.lastName, language: person.language,
  };
};

const buyingChance = (story: Story, visit: Visit, isCrashing: boolean): number => {
  const dearer = isDuring("price_change", visit.at, story.options.now) && story.person.isPriceSensitive ? demoEffects.priceChange.purchaseFactor : 1;
  return (visit.channel === "app" ? 0.2 : 0.5) * dearer * (isCrashing ? demoEffects.badRelease.conversionFactor : 1);
};

const fillBasket = (story: Story, visit: Visit): void => {
  say(story, visit.at, visit.device, { type: "track", event: "Product Added", path: "/cart", properties: productFields(story, visit.product, visit.at) });
};

const order = (story: Story, visit: Visit): void => {
  const { random, person } = story;
  const at = visit.at + Math.floor(random.between(60_000, 400_000));
  fillBasket(story, visit);
  say(story, visit.at + 30_000, visit.device, { type: "track", event: "Checkout Started", path: "/checkout" });
  // A guest gives the e-mail address at the checkout: the first that is known of the person.
  if (person.userId === null) say(story, at - 15_000, visit.device, { type: "identify", traits: traitsOf(story) });
  const quantity = random.weighted([[1, 8], [2, 2], [4, person.group === null ? 0 : 3]] as const);
  const orderId = `O${story.person.key.replace(/\D+/g, "")}-${story.messages}`;
  const promised = promisedNoon(at, random.whole(2, 5));
  say(story, at, visit.device, {
    type: "track", event: "Order Completed", path: "/order",
    properties: {
      order_id: orderId, total: (priceCents(story, visit.product, at) * quantity) / 100, currency: demoCompany.currency,
      promised_delivery_date: isoText(promised).slice(0, 10), delivery: "home",
      products: [{ ...productFields(story, visit.product, at), quantity }],
    },
  });
  fulfil(story, { orderId, product: visit.product, orderedAt: at, promisedNoon: promised });
};

// Couriers rest on Sundays, so nothing is promised for one.
const promisedNoon = (at: number, days: number): number => {
  const noon = noonAfter(at, days);
  return new Date(noon).getUTCDay() === 0 ? noon + dayMs : noon;
};

const crash = (story: Story, visit: Visit): void => {
  const { points, version, leaveShare } = demoEffects.badRelease;
  say(story, visit.at, visit.device, { type: "track", event: "Application Crashed", properties: { version, screen: "Payment" } });
  remember(story, { at: visit.at, points: -points, causes: ["app_crash"] });
  if (story.random.chance(0.22)) contactSupport(story, visit.at + story.random.between(1, 20) * hourMs, "app_problem");
  if (story.random.chance(leaveShare)) leave(story, visit.at, "bad_release");
};

const afterApp = (story: Story, visit: Visit, isCrashing: boolean): void => {
  const { random } = story;
  if (random.chance(0.6)) askRelationship(story, { at: visit.at + 60_000, channel: "app", touchpoint: "App start" });
  if (random.chance(isCrashing ? 0.16 : 0.03)) {
    writeReview(story, { at: visit.at + Math.floor(random.between(1, 30) * hourMs), channel: "app", touchpoint: "App review", about: null }, {
      felt: isCrashing ? -demoEffects.badRelease.points : 0.2, causes: [isCrashing ? "app_crash" : "app_easy"], setting: settingOf(story, { thing: visit.product.word }),
    });
  }
};

const productFields = (story: Story, product: Product, at: number): JsonFields => ({
  product_id: product.sku, name: product.name, category: product.category, price: priceCents(story, product, at) / 100, currency: demoCompany.currency,
});

export const priceCents = (story: Story, product: Product, at: number): number =>
  isDuring("price_change", at, story.options.now) ? Math.round(product.priceCents * (1 + demoEffects.priceChange.riseShare)) : product.priceCents;
