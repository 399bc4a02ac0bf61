import { describe, expect, test } from "vitest";
import { dateOrderOf, guessTimeFormat, isKnownZone, readTimeAs, type TimeFormat } from "./times.rules.ts";

const at = (text: string, format: TimeFormat, zone = "UTC"): string | null => {
  const ms = readTimeAs(text, format, zone);
  return ms === null ? null : new Date(ms).toISOString();
};

describe("times of files", () => {
  test.each<[string, TimeFormat, string, string | null]>([
    ["2010-12-01T08:26:00.000Z", "iso", "UTC", "2010-12-01T08:26:00.000Z"],
    ["2024-03-13 10:21:14", "iso", "UTC", "2024-03-13T10:21:14.000Z"],
    ["2024-03-13 10:21:14", "iso", "Europe/Berlin", "2024-03-13T09:21:14.000Z"],
    ["2024-07-13 10:21:14", "iso", "Europe/Berlin", "2024-07-13T08:21:14.000Z"],
    ["2024-07-13 10:21", "iso", "America/New_York", "2024-07-13T14:21:00.000Z"],
    ["2011-10-11T13:45:40.276+02:00", "iso", "America/New_York", "2011-10-11T11:45:40.276Z"],
    ["2021-08-20 15:03:01.611", "iso", "UTC", "2021-08-20T15:03:01.611Z"],
    ["2014/03/09", "iso", "UTC", "2014-03-09T00:00:00.000Z"],
    ["2014-03", "iso", "UTC", "2014-03-01T00:00:00.000Z"],
    ["2024-02-30", "iso", "UTC", null],
    ["2024-13-01", "iso", "UTC", null],
    ["2024-01-01 25:00", "iso", "UTC", null],
    ["soon", "iso", "UTC", null],
    ["", "iso", "UTC", null],
    ["19970101", "compact", "UTC", "1997-01-01T00:00:00.000Z"],
    ["20240313102114", "compact", "UTC", "2024-03-13T10:21:14.000Z"],
    ["19971301", "compact", "UTC", null],
    ["30/09/2021", "dmy", "UTC", "2021-09-30T00:00:00.000Z"],
    ["30.9.21 7:05", "dmy", "UTC", "2021-09-30T07:05:00.000Z"],
    ["2/24/2015 11:35", "mdy", "UTC", "2015-02-24T11:35:00.000Z"],
    ["12/31/2017 12:55:00 AM", "mdy", "UTC", "2017-12-31T00:55:00.000Z"],
    ["12/31/2017 12:55 pm", "mdy", "UTC", "2017-12-31T12:55:00.000Z"],
    ["30/09/2021", "mdy", "UTC", null],
    ["10/17/2021", "dmy_or_mdy", "UTC", "2021-10-17T00:00:00.000Z"],
    ["10/07/2021", "dmy_or_mdy", "UTC", "2021-07-10T00:00:00.000Z"],
    ["17/10/2021", "mdy_or_dmy", "UTC", "2021-10-17T00:00:00.000Z"],
    ["10/07/2021", "mdy_or_dmy", "UTC", "2021-10-07T00:00:00.000Z"],
    ["32/13/2021", "dmy_or_mdy", "UTC", null],
    ["12 Mar 2024", "written", "UTC", "2024-03-12T00:00:00.000Z"],
    ["Mar 12, 2024 3:04 PM", "written", "UTC", "2024-03-12T15:04:00.000Z"],
    ["Tue, 12 Mar 2024 10:21:14 +0100", "written", "UTC", "2024-03-12T09:21:14.000Z"],
    ["3. Dezember 2024", "written", "UTC", "2024-12-03T00:00:00.000Z"],
    ["1710325274", "unix_seconds", "UTC", "2024-03-13T10:21:14.000Z"],
    ["1710325274123", "unix_milliseconds", "UTC", "2024-03-13T10:21:14.123Z"],
    ["45364.4314120370", "spreadsheet", "UTC", "2024-03-13T10:21:14.000Z"],
  ])("%s as %s in %s is %s", (text, format, zone, expected) => {
    expect(at(text, format, zone)).toBe(expected);
  });

  test.each<[string, string]>([
    ["2024-03-31 02:30", "2024-03-31T01:30:00.000Z"],
    ["2024-10-27 02:30", "2024-10-27T00:30:00.000Z"],
    ["2024-10-27 03:30", "2024-10-27T02:30:00.000Z"],
  ])("a clock change in Berlin keeps %s readable", (text, expected) => {
    expect(at(text, "iso", "Europe/Berlin")).toBe(expected);
  });

  test.each<[string, readonly string[], TimeFormat | null, boolean]>([
    ["ISO", ["2024-03-13 10:21:14", "2024-03-14 00:00:00"], "iso", false],
    ["day first", ["30/09/2021", "01/02/2021"], "dmy", false],
    ["month first", ["2/24/2015 11:35", "1/2/2015 1:00"], "mdy", false],
    ["either order", ["01/02/2021", "03/04/2021"], "dmy", true],
    ["mostly day first, some month first", ["30/09/2021", "10/17/2021", "14/02/2021"], "dmy_or_mdy", false],
    ["mostly month first, some day first", ["09/30/2021", "17/10/2021", "02/14/2021"], "mdy_or_dmy", false],
    ["one bad date among good ones", ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "soon"], "iso", false],
    ["compact", ["19970101", "19981231"], "compact", false],
    ["seconds", ["1710325274"], "unix_seconds", false],
    ["milliseconds", ["1710325274123"], "unix_milliseconds", false],
    ["times of day of a spreadsheet", ["12/31/1899 09:30:00 AM"], null, false],
    ["small numbers", ["13", "25"], null, false],
    ["words", ["often", "never"], null, false],
    ["nothing", [], null, false],
  ])("%s is guessed", (_name, texts, format, isAmbiguous) => {
    expect(guessTimeFormat(texts)).toEqual(format === null ? null : { format, isAmbiguous });
  });

  test.each<[string, ReturnType<typeof dateOrderOf>]>([
    ["30/09/2021", "dayFirst"],
    ["10/17/2021 08:15", "monthFirst"],
    ["03/04/2021", "either"],
    ["05/05/2021", null],
    ["2021-09-30", null],
    ["31/31/2021", null],
  ])("%s has the order %s", (text, order) => {
    expect(dateOrderOf(text)).toBe(order);
  });

  test("zones are checked against what the runtime knows", () => {
    expect([isKnownZone("Europe/Berlin"), isKnownZone("UTC"), isKnownZone("Mars/Base")]).toEqual([true, true, false]);
  });
});
