import { describe, expect, test } from "vitest";
import { createCsvReader, type CsvRow, type CsvSettings } from "./csv.rules.ts";

const comma: CsvSettings = { delimiter: ",", quote: "\"" };

const readAll = (text: string, settings = comma, { pieceLength = 1_000_000, rowCharacters = 1_000 } = {}): CsvRow[] => {
  const reader = createCsvReader(settings, rowCharacters);
  const rows: CsvRow[] = [];
  for (let start = 0; start < text.length; start += pieceLength) rows.push(...reader.push(text.slice(start, start + pieceLength)));
  return [...rows, ...reader.end()];
};
const cells = (rows: CsvRow[]) => rows.map((row) => row.problem?.code ?? row.cells);

describe("csv text becomes rows", () => {
  test.each<[string, string, CsvSettings, unknown[]]>([
    ["plain", "a,b\n1,2\n", comma, [["a", "b"], ["1", "2"]]],
    ["no end of line at the end", "a,b\n1,2", comma, [["a", "b"], ["1", "2"]]],
    ["CRLF", "a,b\r\n1,2\r\n", comma, [["a", "b"], ["1", "2"]]],
    ["CR only", "a,b\r1,2\r", comma, [["a", "b"], ["1", "2"]]],
    ["quoted delimiter, quote and line break", "\"a,1\",\"say \"\"hi\"\"\",\"x\ny\"\n", comma, [["a,1", "say \"hi\"", "x\ny"]]],
    ["empty cells", ",,\n", comma, [["", "", ""]]],
    ["trailing delimiter at the end", "a,", comma, [["a", ""]]],
    ["blank line stays countable", "a\n\nb\n", comma, [["a"], [], ["b"]]],
    ["quote in the middle is literal", "5\" pipe,b\n", comma, [["5\" pipe", "b"]]],
    ["text after a closing quote is kept", "\"a\"b,c\n", comma, [["ab", "c"]]],
    ["single quotes", "'a;b';c\n", { delimiter: ";", quote: "'" }, [["a;b", "c"]]],
    ["no quotes", "\"a,b\n", { delimiter: ",", quote: "" }, [["\"a", "b"]]],
    ["delimiter of two characters", "a::b:c\n", { delimiter: "::", quote: "" }, [["a", "b:c"]]],
    ["tab", "a\tb\n", { delimiter: "\t", quote: "\"" }, [["a", "b"]]],
    ["runs of blanks", "  00001 19970101  1   11.77\r\n", { delimiter: "whitespace", quote: "" }, [["00001", "19970101", "1", "11.77"]]],
    ["unclosed quote refuses one row only", "1,\"x\n2,y\n3,z\n", comma, ["quote_not_closed", ["2", "y"], ["3", "z"]]],
  ])("%s", (_name, text, settings, expected) => {
    expect(cells(readAll(text, settings))).toEqual(expected);
  });

  test("pieces of any length give the same rows", () => {
    const text = "a,\"b\r\n\"\"c\"\"\",d\r\n1,2,3\r\n\r\n\"x\",y,\"z\"";
    const whole = readAll(text);
    for (let pieceLength = 1; pieceLength < 20; pieceLength += 1) expect(readAll(text, comma, { pieceLength })).toEqual(whole);
  });

  test("a line beyond the limit is refused and the next one is read", () => {
    const text = `a,b\n${"x".repeat(50_000)}\nc,d\n`;
    expect(cells(readAll(text, comma, { pieceLength: 700 }))).toEqual([["a", "b"], "row_too_long", ["c", "d"]]);
  });

  test("a line without an end is not gathered in memory", () => {
    const reader = createCsvReader(comma, 1_000);
    let rows = 0;
    for (let piece = 0; piece < 10_000; piece += 1) rows += reader.push("x".repeat(10_000)).length;
    expect(rows + reader.end().length).toBe(1);
  });
});
