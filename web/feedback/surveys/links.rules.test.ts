import { expect, test } from "vitest";
import { buttonHtml, linkFrom, nowhere } from "./links.rules.ts";
import { placeOf } from "./problem-places.rules.ts";
import { readSurveyFile, refusedPlaces } from "./survey-file.rules.ts";

const url = "https://x.example/s/abc";

test.each<[Partial<typeof nowhere>, string]>([
  [{}, url], [{ channel: "web" }, url], [{ member: " ada@x.example ", product: "Tea" }, `${url}?member=ada%40x.example&product=Tea`], [{ channel: "email", source: " News & more " }, `${url}?channel=email&source=News+%26+more`], [{ touchpoint: "Till" }, `${url}?touchpoint=Till`],
])("a link that says %j", (whence, expected) => {
  expect(linkFrom(url, { ...nowhere, ...whence })).toBe(expected);
});

test("words in the button of a website cannot become code", () => {
  expect(buttonHtml(`${url}?a=1&b="2"`, "<script>", { ground: "#000000", ink: "#ffffff" })).toMatch(/href="https:\/\/x\.example\/s\/abc\?a=1&amp;b=&quot;2&quot;"[^]*&lt;script&gt;/);
});

test.each<[string, unknown]>([["{}", {}], ['{"format":1}', { format: 1 }], ['{"name":"A","definition":{"format":1}}', { format: 1 }]])("the file %s holds a survey", (file, definition) => {
  expect(readSurveyFile(file)).toEqual({ ok: true, definition });
});
test.each(["", "[1]", "3", "{", "null"])("the file %j holds none", (file) => {
  expect(readSurveyFile(file)).toEqual({ ok: false });
});

test("what is refused in a file is told place by place", () => {
  const refusal = Object.assign(new Error("Irrelevant"), { details: { fields: [{ field: "body.definition.questions.3.type", problem: "Invalid input" }, { field: "body.definition", problem: "Too large" }] } });
  expect(refusedPlaces(refusal)).toEqual(["questions.3.type: Invalid input", "survey: Too large"]);
  expect(refusedPlaces(new Error("The server cannot be reached."))).toEqual(["The server cannot be reached."]);
});

test.each<[Parameters<typeof placeOf>[0]["code"], string | null, string, string]>([
  ["no_text", "nps", "Irrelevant", "question nps"], ["accent_hard_to_read", null, "Irrelevant", "look"], ["formula_wrong", null, "Irrelevant", "calculations"],
  ["translation_missing", null, 'The ending "sorry" is not translated into Arabic; English is shown instead.', "ending sorry"],
  ["ending_unused", null, 'Nothing leads to the ending "sorry".', "ending sorry"], ["condition_without_value", null, 'The quota "Low" has a condition without a value.', "quotas"],
  ["no_text", null, "The thank-you has no text in English.", "thanks"], ["survey_long", null, "Irrelevant", "survey"],
])("the problem %s of %s is put right where it is", (code, questionId, message, place) => {
  expect(placeOf({ severity: "error", code, questionId, message })).toBe(place);
});
