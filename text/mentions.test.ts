import { describe, expect, test } from "vitest";
import { findMentions } from "./mentions.ts";

const mentionsIn = (text: string): string[] => findMentions(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

describe("mentions", () => {
  test.each([
    ["We waited an hour at Leeds Station for it", ["place Leeds Station"]],
    ["The flight from Boston to Denver was late", ["place Boston", "place Denver"]],
    ["I collected it from your store in Bristol.", ["place Bristol"]],
    ["Stuck at Terminal 5, then Gate B12 closed", ["place Terminal 5", "place Gate B12"]],
    ["Our waiter Marco was a star", ["person Marco"]],
    ["Many thanks to Dr Patel and nurse Emily", ["person Patel", "person Emily"]],
    ["I spoke to Sarah at the front desk", ["person Sarah"]],
    ["In the end Priya was so helpful", ["person Priya"]],
    ["Sadly, Tom at reception left", ["person Tom"]],
    ["I miss Mei from sales", ["person Mei"]],
    ["The mobile app crashes when my credit card expires", ["product mobile app", "product credit card"]],
    ["I bought an iPhone 12 Pro with you", ["product iPhone 12 Pro"]],
    ["It broke, and my Galaxy S21 is gone", ["product Galaxy S21"]],
    ["He returned my Dyson Airwrap last week", ["product Dyson Airwrap"]],
  ])("are found in %j", (text, expected) => {
    expect(mentionsIn(text)).toEqual(expected);
  });

  test.each([
    "In April we spoke in English about Excel",
    "The new app, the same card and the wrong phone",
    "The phone number is wrong, the phone company too",
    "Breakfast was great. Reception was very helpful. Staff was friendly.",
    "I think it is fine. We Will See. My God!",
    "THE ROOM AT THE HOTEL WAS DIRTY AND THE NURSE WAS RUDE",
    "My Best Stay Ever In A Very Nice Place With Good People",
    "i was in london with an iphone",
    "At first. In general, In Short",
    "Queues at check-in were long. Refund from customer service came late. Prices at the bar are steep! Parking at reception?",
    "Wifi in the restaurant was slow\nTowels at reception cost extra\nParking was very professional",
    "We found that the Wifi in the restaurant and a Queue at check-in spoilt it, and my Luggage at reception was wet",
    "",
  ])("are not seen in %j", (text) => {
    expect(mentionsIn(text)).toEqual([]);
  });

  test("never overlap, and take linear time on hostile texts", () => {
    for (const piece of ["A ", "the a", "the app ", "my A ", "in A ", "x A at reception ", "Aa ", "a flight from Aa to ", "iA", "nurse A ", "\ud800 ", "é A1 "]) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const started = performance.now();
      const found = findMentions(text.slice(0, 20_000));

      expect(performance.now() - started, piece).toBeLessThan(1_000);
      expect(found.every((one, index) => index === 0 || one.from >= (found[index - 1]?.to ?? 0))).toBe(true);
    }
  });
});
