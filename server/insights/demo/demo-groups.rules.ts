// Groups of customers the demo company looks at: segments, which fill themselves, and personas, which are segments with a story.
import type { NewSegment, SegmentCondition } from "../../customers/segments/segments.contract.ts";

const done = (name: string, operator: "at_least" | "at_most", count: number, days: number | null): SegmentCondition => ({ kind: "interactions", name, operator, count, days });

type DemoGroup = Extract<NewSegment, { kind: "live" }>;
const group = (name: string, description: string, rule: Omit<DemoGroup["rule"], "who">, story: string | null = null): DemoGroup =>
  ({ kind: "live", name, description, rule: { ...rule, who: "known" }, story });

const regulars = group("Regular shoppers", "Bought at least three times in the last year, online or in a shop.", {
  match: "any", conditions: [done("Order Completed", "at_least", 3, 365), done("Store Purchase", "at_least", 3, 365)],
});

const newcomers = group("New this month", "Came for the first time in the last 30 days.", {
  match: "all", conditions: [{ kind: "seen", which: "first", operator: "within", days: 30 }],
});

const unhappy = group("Unhappy and still here", "Would not recommend us when asked last, and came back since: there is still time to put it right.", {
  match: "all",
  conditions: [
    { kind: "score", score: "nps", from: 0, to: 6, days: 120 },
    { kind: "seen", which: "last", operator: "within", days: 30 },
  ],
});

const waiting = group("Waiting for a refund", "What they sent back has reached us, and no money went out since.", {
  match: "all", conditions: [done("Return Received", "at_least", 1, 30), done("Order Refunded", "at_most", 0, 30)],
});

const sofa = group("Frida, shops on the sofa", "Opened the app at least six times in the last half year.", {
  match: "all", conditions: [done("Application Opened", "at_least", 6, 180)],
}, "Frida looks in the app in the evening, when the children are in bed. Most evenings she only looks; when she buys, it is within minutes, with the card the app knows. She does not read mails. What she cannot bear is to lose a full basket, and she says so in the app store. She plans her week, so a parcel that comes on another day than promised costs her a working hour.");

const shop = group("Halvor, wants to hold it first", "Buys in a shop and has never opened the app.", {
  match: "all", conditions: [done("Store Purchase", "at_least", 1, 365), done("Application Opened", "at_most", 0, null)],
}, "Halvor buys boots once in five years and wants them to fit. He drives to the shop for advice and comes back to the same member of the staff. A queue he can live with, a shelf that is empty although the page said otherwise he cannot. He pays what a good thing costs, but wants to be told before a price goes up.");

/** In the order they are made. */
export const demoGroups: readonly DemoGroup[] = [regulars, newcomers, unhappy, waiting, sofa, shop];
