import { describe, expect, test } from "vitest";
import { daysOf, isNarrowed, readReportSearch, responsesOf, toReportQuery } from "./report-search.ts";

describe("the address of a report", () => {
  test("without anything is all time, every question", () => {
    const search = readReportSearch({});
    expect(search).toMatchObject({ view: "questions", by: "channel", waves: "month", correction: "bonferroni", others: [], isWeighted: false });
    expect(Object.values(toReportQuery(search)).filter((value) => value !== undefined)).toEqual([]);
  });
  test("says which part, filters and segment; nonsense is as if it were not there", () => {
    const search = readReportSearch({ view: "crosstab", channel: "(none)", segment: "plan=gold", list: "l", compared: "l,m", wave: "d/1", weighted: "yes", from: "2026-05-01", to: "2026-06-01", correction: "magic", others: "a,b" });
    expect(search).toMatchObject({ view: "crosstab", correction: "bonferroni", others: ["a", "b"], compared: ["l", "m"] });
    expect(toReportQuery(search)).toMatchObject({ from: "2026-05-01", to: "2026-06-01", channel: [""], trait: "plan=gold", segment: "l", wave: ["d/1"], weighted: "true" });
  });
  test.each([
    [{}, {}, false],
    [{ from: "2026-05-01", to: "2026-06-01" }, { from: "2026-05-01", to: "2026-06-01" }, false],
    [{ team: "t" }, {}, true],
    [{ list: "l" }, {}, true],
    [{ segment: "plan=gold" }, {}, true],
  ])("%j asks for the days %j; narrowed by more: %s", (asked, days, narrowed) => {
    const search = readReportSearch(asked);
    expect([daysOf(search), isNarrowed(search)]).toEqual([days, narrowed]);
  });
  test("leads to the responses behind a number", () => {
    expect(responsesOf("s", readReportSearch({ channel: "qr" }), { state: "complete" })).toEqual({ survey: "s", channel: "qr", state: "complete" });
    expect(responsesOf("s", readReportSearch({ period: "30d" }))).toEqual({ survey: "s", period: "30d" });
    expect(responsesOf("s", readReportSearch({ from: "2026-05-01", to: "2026-06-01" }))).toEqual({ survey: "s", from: "2026-05-01", to: "2026-06-01" });
  });
});
