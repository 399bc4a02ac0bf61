// Does the shipped model still read plain comments? None of these was trained on, though what they say is said in usual words. A change that costs quality shows here first;
// how good the model is, is measured in bench/text.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openReader } from "./reader.ts";
import { NEEDS } from "./reading.ts";

const here = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));
const reader = openReader(here("model.bin"), here("kernel.wasm"));

const COMMENTS: readonly (readonly [needs: string, sentiment: string, text: string])[] = [
  ["EASY-", "neg", "Fifty minutes in the phone queue and then I was cut off, I gave up."],
  ["EASY-", "neg", "The online portal is so confusing that I could not find where to change my address."],
  ["EASY-", "neg", "Why do I need to fill in the same form three times for one simple change?"],
  ["EASY+", "pos", "Signing up took two minutes, very easy to use."],
  ["EASY+", "pos", "So simple to book online, no hassle at all."],
  ["EXPECT-", "neg", "Nobody mentioned the cleaning fee until we had already paid. Misleading listing."],
  ["EXPECT-", "neg", "The flat looked nothing like the photos, it was not as described."],
  ["EXPECT+", "pos", "Everything was exactly as described, just like the pictures."],
  ["PROMISE-", "neg", "The parcel came eight days late and one of the plates was broken."],
  ["PROMISE-", "neg", "Our train was cancelled and the next one was delayed by two hours."],
  ["PROMISE-", "neg", "They charged me twice for the same order."],
  ["PROMISE+", "pos", "Arrived on time and works perfectly."],
  ["PROMISE+", "pos", "Fast delivery, everything in perfect condition."],
  ["INFORM-", "neg", "We sat on the platform for an hour and nobody told us what was going on."],
  ["INFORM-", "neg", "No updates at all, I was left in the dark about my claim."],
  ["INFORM+", "pos", "They kept me informed at every stage, great communication."],
  ["INDIVID-", "neg", "The receptionist was rude and did not listen to a word I said."],
  ["INDIVID-", "neg", "Staff were unfriendly and treated us like a nuisance."],
  ["INDIVID+", "pos", "Such kind and caring staff, they listened and made me feel at ease."],
  ["INDIVID+", "pos", "The driver was friendly and very helpful with my mother."],
  ["RIGHT-", "neg", "I complained twice and they still refuse to refund me."],
  ["RIGHT-", "neg", "Third time I report this fault and nothing has been done, not even an apology."],
  ["RIGHT+", "pos", "They apologised and sent a replacement the next day."],
  ["", "pos", "Delicious cake, we loved it."],
  ["", "pos", "Beautiful hotel with a great view."],
  ["", "neg", "Too expensive for what it is."],
  ["", "neg", "The soup was awful."],
];

test("plain comments are read for the need and the feeling that they state", () => {
  const readings = reader.read(COMMENTS.map(([, , text]) => text));

  let [found, wanted, extra, felt] = [0, 0, 0, 0];
  COMMENTS.forEach(([needs, sentiment], at) => {
    const reading = readings[at];
    if (reading?.sentiment === sentiment) felt++;
    for (const need of NEEDS) {
      const polarity = reading?.needs[need];
      const isWanted = needs.startsWith(need);
      if (isWanted) wanted++;
      if (isWanted && polarity === (needs.endsWith("+") ? "pos" : "neg")) found++;
      if (!isWanted && polarity !== undefined) extra++;
    }
  });

  expect(found / wanted).toBeGreaterThanOrEqual(0.8);
  expect(extra / COMMENTS.length).toBeLessThanOrEqual(0.4);
  expect(felt / COMMENTS.length).toBeGreaterThanOrEqual(0.85);
});

const OPEN_AND_HARMFUL = [
  "Someone is using my card in another country and your hotline is closed.",
  "You have frozen my account and I have no money for food.",
  "There was a piece of glass in the baby food.",
  "My father cannot breathe and nobody has come.",
  "I live alone, I have no heating and it is freezing.",
  "Refund me this week or my lawyer will take you to court.",
];
const OVER_OR_CALM = [
  "Someone used my card last year and you paid it all back the next day.",
  "The refund took three weeks. Poor service.",
  "Please answer immediately, this is urgent to me.",
  "Great gluten free bread.",
  "We waited two hours for the ambulance, the crew was kind.",
  "The room was cold and the staff were rude.",
];

test("a comment is urgent where something is open and a day's delay does harm", () => {
  const count = (texts: readonly string[]): number => reader.read(texts).filter(({ isUrgent }) => isUrgent).length;

  expect(count(OPEN_AND_HARMFUL)).toBeGreaterThanOrEqual(5);
  expect(count(OVER_OR_CALM)).toBeLessThanOrEqual(1);
});
