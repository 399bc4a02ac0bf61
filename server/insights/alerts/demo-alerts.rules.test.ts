import { beforeAll, describe, expect, test } from "vitest";
import { localDay } from "../../customers/scores/periods.rules.ts";
import { demoCompany, effectDates, type EffectKey } from "../demo/demo-company.rules.ts";
import { streamDemo } from "../demo/demo-stream.rules.ts";
import type { LevelName } from "./alerts.contract.ts";
import { dayNumber, levelSeries } from "./days.rules.ts";
import { thresholdFor } from "./thresholds.rules.ts";
import { eyeForLevels, freshState, lookOnce } from "./watch.rules.ts";
import { presets, signsOf, smallestInSeries } from "./watched.rules.ts";

const now = Date.UTC(2026, 10, 21, 12);
type Row = { day: string; scaleMin: number | null; scaleMax: number | null; box: number; count: number; channel: string };
const rows: Record<string, Row[]> = { nps: [], csat: [], stars: [], unmet_promise: [] };

beforeAll(() => {
  for (const batch of streamDemo({ seed: 7, scale: 1, now })) {
    for (const { at, content, needs } of batch.records) {
      if (content.record !== "perception") continue;
      const { kind, value, scaleMin, scaleMax, channel } = content.perception;
      const day = localDay(at, demoCompany.timeZone);
      if (value !== null) rows[kind]?.push({ day, scaleMin, scaleMax, box: value, count: 1, channel });
      // What it is about is what a reader who never errs would read.
      if (kind === "comment") rows["unmet_promise"]?.push({ day, scaleMin: null, scaleMax: null, box: needs.some(({ need, polarity }) => need === "PROMISE" && polarity === "neg") ? 1 : 0, count: 1, channel });
    }
  }
}, 60_000);

const end = dayNumber(localDay(now, demoCompany.timeZone)) - 1;

/** The days on which a rule of a new workspace would have told something in the demo company's year. */
const raisedDays = (what: LevelName, only: (row: Row) => boolean = () => true): number[] => {
  const preset = presets.find((known) => known.what === what);
  if (preset === undefined) throw new Error(`No rule watches ${what} from the beginning.`);
  const series = levelSeries(what, (rows[what] ?? []).filter(only), { from: end - 364, to: end });
  const eye = eyeForLevels(series, smallestInSeries(what, preset.smallestChange));
  const raised: number[] = [];
  let state = freshState;
  for (let day = series.first; day <= end; day += 1) {
    const looked = lookOnce(eye, state, { end: day, signs: signsOf(preset.direction), threshold: thresholdFor("level", "rarely", 1) });
    state = looked.state;
    if (looked.happening?.kind === "raised") raised.push(day);
  }
  return raised;
};

/** People speak of it for some weeks after: of a late parcel when it comes. New prices hurt anew whenever somebody buys. */
const afterDays = 21;
const effectOn = (day: number): EffectKey | null =>
  effectDates(now).findLast(({ from, to }) => day * 86_400_000 >= from - 86_400_000 && day * 86_400_000 < (to ?? from + 30 * 86_400_000) + afterDays * 86_400_000)?.key ?? null;

describe("the rules every workspace begins with, over the demo company's year", () => {
  test.each([
    { what: "nps", effect: "price_change" },
    { what: "stars", effect: "bad_release" },
    { what: "csat", effect: "courier_strike" },
    { what: "unmet_promise", effect: "courier_strike" },
  ] as const)("$what finds the $effect", ({ what, effect }) => {
    expect(raisedDays(what).map(effectOn)).toContain(effect);
  });

  test("narrowed to the app, the net promoter score finds its bad release", () => {
    expect(raisedDays("nps", ({ channel }) => channel === "app").map(effectOn)).toContain("bad_release");
  });

  test("find not much else", () => {
    const all = (["nps", "csat", "stars", "unmet_promise"] as const).flatMap((what) => raisedDays(what).map(effectOn));

    expect(all.length).toBeLessThanOrEqual(7);
    expect(all.filter((effect) => effect === null).length).toBeLessThanOrEqual(1);
  });
});
