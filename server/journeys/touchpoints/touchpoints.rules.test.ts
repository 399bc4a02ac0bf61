import { describe, expect, test } from "vitest";
import type { Nameable } from "../../customers/experience/experience.contract.ts";
import { compileThings } from "../places/things.rules.ts";
import { guessKind, guessTouchpoint, plainWords } from "./guess.rules.ts";
import { compileRule, countTried, looksIntoMessages, readable } from "./matching.rules.ts";
import type { MatchingRule } from "./touchpoints.contract.ts";
import { compileRegister, evidenceOf, keyFor, usualNature } from "./touchpoints.rules.ts";
import type { RegisteredTouchpoint } from "./touchpoints.rules.ts";

const interaction = (given: Partial<Nameable>): Nameable => ({
  type: "track", name: "Something", channel: null, touchpoint: null, stage: null, source: "segment", message: {}, ...given,
});
const page = (path: string, name = "Page"): Nameable =>
  interaction({ type: "page", name, message: { context: { page: { path, url: `https://shop.example${path}` }, library: { name: "analytics.js" } } } });
const registered = (given: Partial<RegisteredTouchpoint>): RegisteredTouchpoint => ({
  key: "cart", name: "Cart", formerNames: [], stage: null, channel: null, environment: null, rules: [], ...given,
});

describe("a guess", () => {
  test.each([
    ["Order Completed", "Order placed", "Buy"],
    ["order_completed", "Order placed", "Buy"],
    ["orderCompleted", "Order placed", "Buy"],
    ["Product Viewed", "Product page", "Consider"],
    ["product_view", "Product page", "Consider"],
    ["add_to_cart", "Cart", "Buy"],
    ["Checkout Started", "Checkout", "Buy"],
    ["shipping_details", "Delivery details", "Buy"],
    ["Payment Info Entered", "Payment details", "Buy"],
    ["payment_error", "Payment problem", "Buy"],
    ["Order Delivered", "Delivery", "Receive"],
    ["Chat Started", "Support chat", "Get help"],
    ["Application Crashed", "App crash", "Use"],
  ])("takes the event %s for %s", (name, touchpoint, stage) => {
    expect(guessTouchpoint(interaction({ name }))).toMatchObject({ touchpoint, stage });
  });

  test.each([
    ["/", "Home page"], ["/cart", "Cart"], ["/checkout/address", "Checkout"], ["/checkout/payment", "Payment details"], ["/pay", "Payment details"], ["/support", "Help centre"], ["/products/tn-210", "Product page"],
    ["/products/outdoor", "Product list"], ["/login", "Sign-in"], ["/Returns/new", "Return"],
  ])("takes the page %s for %s", (path, touchpoint) => {
    expect(guessTouchpoint(page(path))).toMatchObject({ touchpoint, channel: "web" });
  });

  test.each([
    [interaction({ type: "call", name: "Complaint about a parcel" }), "Support call", "phone"],
    [interaction({ type: "visit", name: "Advice in the shop" }), "Shop visit", "store"],
    [interaction({ name: "Email Opened" }), "E-mail", "email"],
    [interaction({ type: "screen", name: "Basket" }), "Cart", "app"],
    [interaction({ name: "warranty_repair" }), "Warranty repair", null],
    [interaction({ name: "Åpnet døren" }), "Åpnet døren", null],
    [interaction({ name: "Anything", channel: "kiosk" }), "Anything", "kiosk"],
    [interaction({ name: "Anything", channel: "E-Mail" }), "Anything", "email"],
    [interaction({ name: "Anything", channel: "APP" }), "Anything", "app"],
    [interaction({ name: "Anything", channel: "Shop floor" }), "Anything", "Shop floor"],
    [interaction({ name: "Anything", channel: "=web" }), "Anything", "=web"],
    [interaction({ name: "Anything", message: { context: { library: { name: "analytics-swift" } } } }), "Anything", "app"],
  ])("knows touchpoint and channel of %j", (given, touchpoint, channel) => {
    expect(guessTouchpoint(given)).toMatchObject({ touchpoint, channel });
  });

  test.each(["identify", "group", "alias", "note"])("meets nothing in a message of type %s", (type) => {
    expect(guessTouchpoint(interaction({ type, name: type })).touchpoint).toBeNull();
  });

  test.each([null, undefined, 7, "text", [], { context: "no object" }, { context: { page: { url: "no address" } } }])("survives the message %j", (message) => {
    expect(guessTouchpoint(interaction({ type: "page", name: "/", message })).touchpoint).toBe("Home page");
  });
});

describe("a matching rule", () => {
  const bought = interaction({ name: "Order Completed", channel: "store", message: { properties: { total: 120, category: "Outdoor", gift: true } } });
  const property = (field: string, operator: "is" | "is_not" | "contains" | "starts_with" | "exists" | "missing" | "more_than" | "less_than", value = ""): MatchingRule => ({ properties: [{ field, operator, value }] });

  test.each<[MatchingRule, boolean]>([
    [{ names: ["order completed"] }, true],
    [{ names: ["Order *"] }, true],
    [{ names: ["*completed"] }, true],
    [{ names: ["Order"] }, false],
    [{ types: ["track"], names: ["Order Completed"] }, true],
    [{ types: ["page"], names: ["Order Completed"] }, false],
    [{ channels: ["Store"] }, true],
    [{ channels: ["web"] }, false],
    [property("properties.total", "more_than", "100"), true],
    [property("properties.total", "less_than", "100"), false],
    [property("properties.category", "is", "outdoor"), true],
    [property("properties.category", "is_not", "outdoor"), false],
    [property("properties.category", "starts_with", "out"), true],
    [property("properties.category", "contains", "door"), true],
    [property("properties.gift", "exists"), true],
    [property("properties.gift", "missing"), false],
    [property("properties.constructor", "exists"), false],
    [property("properties.missing.deeper", "is", "x"), false],
    [{}, false],
    [{ names: [] }, false],
  ])("%j: %s", (rule, expected) => {
    expect(compileRule(rule)(readable(bought))).toBe(expected);
  });

  test.each<[string, boolean]>([
    ["/products/*", true], ["/products", false], ["*tn-210", false], ["https://shop.example/*", true], ["*/tn-210?", false], ["/PRODUCTS/tn-*", true],
  ])("compares pages with %s: %s", (pattern, expected) => {
    expect(compileRule({ pages: [pattern] })(readable(page("/products/tn-210?colour=red")))).toBe(expected);
  });

  test("takes no time over a hostile pattern", () => {
    const hostile = compileRule({ names: [`${"a*".repeat(200)}b`] });
    const before = performance.now();
    expect(hostile(readable(interaction({ name: "a".repeat(2_000) })))).toBe(false);
    expect(performance.now() - before).toBeLessThan(50);
  });

  test("reads each thing of an interaction once, however many rules ask for it", () => {
    let reads = 0;
    const message = { get properties() { reads += 1; return { path: "/cart", total: 3 }; } };
    const legible = readable(interaction({ message }));
    const rules = Array.from({ length: 100 }, (_, index): MatchingRule => ({ pages: [`/page${index}`] }));
    expect(rules.some((rule) => compileRule(rule)(legible))).toBe(false);
    expect(reads).toBe(1);
    expect([1, 2, 3].map((value) => compileRule(property("properties.total", "is", String(value)))(legible))).toEqual([false, false, true]);
    expect(reads).toBe(2);
  });

  test.each<[MatchingRule[], number, boolean]>([
    [[], 0, false],
    [[{ types: ["track"], channels: ["web"], names: ["Order Completed", "Order Paid"] }], 1, false],
    [[{ names: ["Order *", "Paid"] }, { pages: ["/a", "/b*"] }], 5, true],
    [[property("properties.total", "exists")], 2, true],
    [[{ pages: [], properties: [], types: ["track"] }], 1, false],
  ])("%j: tries %i conditions one by one, looks into messages: %s", (rules, tried, isLooking) => {
    expect([countTried(rules), looksIntoMessages(rules)]).toEqual([tried, isLooking]);
  });
});

describe("naming", () => {
  test("compares the channels of a rule by what the register calls them now", () => {
    const channels = [{ name: "Counter", formerNames: ["Desk"], alsoCalled: ["shop floor"] }];
    const naming = (channel: string) => compileRegister([registered({ rules: [{ channels: [channel] }] })], channels);
    for (const said of ["Counter", "desk", "Shop Floor"]) {
      for (const met of ["counter", "Desk", "shop floor"]) expect(naming(said)(interaction({ channel: met }))).toMatchObject({ touchpoint: "Cart", channel: "Counter" });
      expect(naming(said)(interaction({ channel: "web" })).touchpoint).toBe("Something");
    }
  });

  test("lets the sender's word win over rules", () => {
    const register = [registered({ name: "Order", rules: [{ names: ["Order Completed"] }] })];
    expect(compileRegister(register)(interaction({ name: "Order Completed", touchpoint: "Pop-up stall" })).touchpoint).toBe("Pop-up stall");
  });

  test("takes the first touchpoint that matches", () => {
    const register = [
      registered({ key: "big", name: "Large order", rules: [{ names: ["Order Completed"], properties: [{ field: "properties.total", operator: "more_than", value: "500" }] }] }),
      registered({ key: "order", name: "Order", stage: "Purchase", channel: "shop floor", rules: [{ names: ["Order Completed"] }] }),
    ];
    expect(compileRegister(register)(interaction({ name: "Order Completed", message: { properties: { total: 900 } } })).touchpoint).toBe("Large order");
    expect(compileRegister(register)(interaction({ name: "Order Completed" }))).toEqual({ touchpoint: "Order", stage: "Purchase", channel: "shop floor", environment: null, product: null });
  });

  test.each([["Mail", ["E-mail"], "email", "Mail"], ["E-mail", [], "Email", "E-mail"], ["Post", ["letter"], "E-MAIL", "email"]])("calls a channel %s (also %j), written %s, %s", (name, alsoCalled, channel, expected) => {
    expect(compileRegister([], [{ name, formerNames: [], alsoCalled }])(interaction({ channel })).channel).toBe(expected);
  });

  test("gives stage and channel of the register to a guessed touchpoint, and its present name to a former one", () => {
    const register = [registered({ name: "Basket", formerNames: ["Cart"], stage: "Decide", channel: "online" })];
    expect(compileRegister(register)(interaction({ name: "Product Added" }))).toMatchObject({ touchpoint: "Basket", stage: "Decide", channel: "online" });
    expect(compileRegister(register)(interaction({ type: "perception", name: "csat", touchpoint: "cart" })).touchpoint).toBe("Basket");
  });

  test("guesses no touchpoint for a feeling that names none", () => {
    expect(compileRegister([])(interaction({ type: "perception", name: "nps" }))).toEqual({ touchpoint: null, stage: null, channel: null, environment: null, product: null });
    expect(compileRegister([])(interaction({ type: "perception", name: "csat", channel: "email", touchpoint: "Delivery" }))).toMatchObject({ touchpoint: "Delivery", stage: "Receive", channel: "email" });
  });

  test.each([
    ["a product by its number", { properties: { sku: "T-1" } }, "Tea"],
    ["a product by a former name, in small letters", { properties: { product: "brew" } }, "Tea"],
    ["a product nobody registered", { properties: { product_name: "Coffee" } }, "Coffee"],
    ["one product named twice", { properties: { product: "Tea", products: [{ sku: "T-1" }] } }, "Tea"],
    ["a basket of several products", { properties: { products: [{ name: "Tea" }, { name: "Cup" }] } }, null],
    ["a property of one's own", { properties: { gate: "T-1" } }, "Tea"],
    ["a property of one's own that holds something else", { properties: { gate: "B12" } }, null],
    ["a page's name", { properties: { name: "Tea" } }, null],
    ["nothing", null, null],
  ])("finds in %s what it is about", (_what, message, product) => {
    const products = [{ name: "Tea", formerNames: ["Brew"], alsoCalled: ["T-1"], field: "properties.gate" }];
    expect(compileRegister([], [], compileThings({ environments: [], products }))(interaction({ message })).product).toBe(product);
  });

  test("says where the customer is by the touchpoint alone, by the present name of the place", () => {
    const environments = [{ name: "In the shop", formerNames: [], alsoCalled: ["store"], field: null }];
    const naming = compileRegister([registered({ environment: "Store" }), registered({ key: "mail", name: "Mail", environment: "At home" })], [], compileThings({ environments, products: [] }));
    expect(naming(interaction({ type: "perception", touchpoint: "Cart" })).environment).toBe("In the shop");
    expect(naming(interaction({ touchpoint: "Mail" })).environment).toBe("At home");
    expect(naming(interaction({ touchpoint: "Elsewhere", message: { properties: { environment: "production" } } })).environment).toBeNull();
  });

  test("keeps the stage of a guess away from a touchpoint that the sender named otherwise", () => {
    expect(compileRegister([])(interaction({ name: "Order Completed", touchpoint: "Stall" })).stage).toBeNull();
  });
});

test.each([
  ["Order placed", "purchase"], ["cart", "website"], ["Help centre", "self_service"], ["Warranty repair", "warranty"], ["invoice_viewed", "invoice"], ["Payment reminder", "invoice"],
  ["Subscription renewed", "renewal"], ["Subscription cancelled", "leaving"], ["Comparison site", "comparison_site"], ["Facebook post", "social"], ["Service desk", "support"],
  ["Billboard", "advertising"], ["Price list", "offer"], ["Pack opened", "other"], ["<b>Unboxing</b>", "packaging"], ["", "other"],
] as const)("a touchpoint called %s is of the kind %s", (name, kind) => { expect(guessKind(name)).toBe(kind); });

test.each([["support", "human"], ["shop", "physical"], ["website", "digital"], ["other", "digital"]] as const)("%s usually is %s", (kind, nature) => { expect(usualNature(kind)).toBe(nature); });

test.each([["Order Completed", "order completed"], ["HTTPError", "httperror"], ["add_to-cart", "add to cart"], ["App2Go", "app2 go"], ["", ""]])(
  "the plain words of %s are %s", (name, words) => { expect(plainWords(name)).toBe(words); });

test.each([[0, 0, "assumption"], [1, 0, "some"], [0, 3, "some"], [30, 9, "some"], [30, 10, "measured"]] as const)(
  "%i meetings and %i scores are %s", (interactions, scores, level) => { expect(evidenceOf(interactions, scores)).toBe(level); });

test("a key is unlike all taken ones", () => {
  expect(keyFor("Shop visit!", new Set())).toBe("shop_visit");
  expect(keyFor("Shop visit", new Set(["shop_visit", "shop_visit_2"]))).toBe("shop_visit_3");
  expect(keyFor("***", new Set())).toBe("touchpoint");
});
