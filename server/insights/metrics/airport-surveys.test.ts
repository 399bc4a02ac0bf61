// The acceptance test of the metrics: a real survey of two years, weights included, must give the known figures.
import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertPerceptions } from "#customers";
import { newId } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { boardNumbers } from "../dashboards/tiles.contract.ts";
import { summaryReply, trendReply, type MetricSummary } from "./metrics.contract.ts";

const surveys = join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/data/survey");
const hasSurveys = existsSync(join(surveys, "sfo_2017.csv.gz"));
const title = hasSurveys ? "the airport surveys of 2017 and 2018" : `the airport surveys (skipped: they are not in ${surveys})`;

const surveyRow = z.object({ NETPRO: z.string(), Q7ALL: z.string(), WEIGHT: z.coerce.number() });

const readSurvey = (year: number) => {
  const text = gunzipSync(readFileSync(join(surveys, `sfo_${year}.csv.gz`))).toString("latin1");
  const rows: unknown[] = parse(text, { columns: (names: string[]) => names.map((name) => name.trim()), relax_column_count: true });
  return rows.map((row) => surveyRow.parse(row)).flatMap(({ NETPRO, Q7ALL, WEIGHT }) => {
    const shared = { at: `${year}-05-15T12:00:00Z`, weight: WEIGHT, source: "import" };
    const isAnswered = ["1", "2", "3", "4", "5"].includes(Q7ALL);
    return [
      // 11 means blank in this survey; it stays in as an answer off the scale, which no score may count.
      makePerception({ ...shared, kind: "nps", value: NETPRO === "" ? null : Number(NETPRO) }),
      ...(isAnswered ? [makePerception({ ...shared, kind: "csat", value: Number(Q7ALL), scaleMin: 1, scaleMax: 5 })] : []),
    ];
  });
};

describe.skipIf(!hasSurveys)(title, () => {
  let firsthand: Installation;
  let organisation: Organisation;
  let metrics: MetricSummary[] = [];

  beforeAll(async () => {
    firsthand = await makeInstallation();
    organisation = await firsthand.makeOrganisation();
    for (const year of [2017, 2018]) await insertPerceptions(firsthand.services.db, organisation.workspaceId, readSurvey(year));
    await firsthand.settle();
    ({ metrics } = summaryReply.parse((await organisation.viewer.ask("GET", "/api/metrics/summary?from=2018-01-01&to=2019-01-01")).body));
  });
  afterAll(() => firsthand.stop());

  test("score 30.98 after 39.84, a significant fall of 8.86", () => {
    const [nps] = metrics;
    expect(nps?.count).toBe(2650);
    expect(nps?.score).toBeCloseTo(30.98, 2);
    expect(nps?.bands.map(({ count }) => count)).toEqual([1268, 935, 447]);
    expect(nps?.change?.previousCount).toBe(2746);
    expect(nps?.change?.previousScore).toBeCloseTo(39.84, 2);
    expect(nps?.change?.difference).toBeCloseTo(-8.86, 2);
    expect(nps?.change?.z).toBeCloseTo(-4.51, 1);
    expect(nps?.change?.isSignificant).toBe(true);
  });

  test("score 35.11 after 40.40 weighted: two fifths of the fall were the sample", () => {
    const weighted = metrics[0]?.weighted;
    expect(weighted?.score).toBeCloseTo(35.11, 2);
    expect(weighted?.effectiveCount).toBeCloseTo(2134, 0);
    expect(weighted?.designEffect).toBeCloseTo(1.24, 2);
    // The linearised error, 1.578; Kish's would be 1.590: the spread of the weighted score over the effective answers.
    expect(((weighted?.high ?? 0) - (weighted?.low ?? 0)) / 2 / 1.959964).toBeCloseTo(1.578, 3);
    expect(weighted?.change?.previousScore).toBeCloseTo(40.4, 2);
    expect(weighted?.change?.difference).toBeCloseTo(-5.28, 2);
    expect(weighted?.change?.z).toBeCloseTo(-2.47, 2);
    expect(weighted?.change?.p).toBeCloseTo(0.0135, 4);
    expect(weighted?.change?.isSignificant).toBe(true);
  });

  test("stand on a dashboard by weights as Home has them", async () => {
    const tile = (isWeighted: boolean) => ({ id: newId(), chart: "number", metric: "nps", isWeighted, place: { x: 0, y: 0, w: 4, h: 3 } });
    const asked = { period: { from: "2018-01-01", to: "2019-01-01" }, tiles: [tile(true), tile(false)] };
    const { tiles } = boardNumbers.parse((await organisation.viewer.ask("POST", "/api/dashboards/data", asked)).body);
    expect(tiles.map((one) => (one.state === "measured" ? [one.isWeighted, one.summary?.score?.toFixed(2), one.summary?.change?.difference?.toFixed(2), one.summary?.change?.p?.toFixed(4)] : one.state))).toEqual([
      [true, "35.11", "-5.28", "0.0135"], [false, "30.98", "-8.86", "0.0000"],
    ]);
  });

  test("have 78.4 % satisfied after 82.1, Wilson 76.8–80.0", () => {
    const csat = metrics[1];
    expect(csat?.score).toBeCloseTo(78.4, 1);
    expect(csat?.low).toBeCloseTo(76.8, 1);
    expect(csat?.high).toBeCloseTo(80, 1);
    expect(csat?.change?.previousScore).toBeCloseTo(82.1, 1);
  });

  test("show the same figures as points of a trend by month", async () => {
    const { points } = trendReply.parse((await organisation.viewer.ask("GET", "/api/metrics/trend?from=2017-01-01&to=2019-01-01&bucket=month")).body);
    const answered = points.filter(({ count }) => count > 0);
    expect(points).toHaveLength(24);
    expect(answered.map(({ score }) => score?.toFixed(2))).toEqual(["39.84", "30.98"]);
    expect(answered.map(({ weighted }) => weighted?.score?.toFixed(2))).toEqual(["40.40", "35.11"]);
  });
});
