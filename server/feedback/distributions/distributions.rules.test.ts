import { describe, expect, test } from "vitest";
import { bounceKindOf, readDeliveryStatus, refusalKindOf } from "./bounces.rules.ts";
import { channelsOf } from "./channels.rules.ts";
import { httpRequest, twilioSignedText, wishInText } from "./gateways.rules.ts";
import { questionInMail, answerInLink } from "./mail-answers.rules.ts";
import { scannerFlags } from "./scanners.rules.ts";
import type { Click } from "./scanners.rules.ts";
import { lengthOfText } from "./text-length.rules.ts";
import { bounceMarkOf, bounceMarksIn, idInToken, shortOf, tokenOf } from "./tokens.rules.ts";
import type { Question, SurveyDefinition } from "../surveys/definition.contract.ts";

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 5, 8, 0, second));
const answer = (second: number, value: string): Click => ({ at: at(second), kind: "answer", value });

describe("an answer by a link looks like a program's", () => {
  test.each<[string, Parameters<typeof scannerFlags>[0], string[]]>([
    ["after one visit: no", { answeredAt: at(30), deliveredAt: at(0), clicks: [answer(29, "9")], tooFastMs: 5_000 }, []],
    ["after two links, a slip of the finger: no", { answeredAt: at(30), deliveredAt: at(0), clicks: [answer(28, "8"), answer(29, "9")], tooFastMs: 5_000 }, []],
    ["after the same link three times: no", { answeredAt: at(30), deliveredAt: at(0), clicks: [answer(28, "9"), answer(29, "9"), answer(30, "9")], tooFastMs: 5_000 }, []],
    ["among three links within five seconds: yes", { answeredAt: at(30), deliveredAt: at(0), clicks: [answer(28, "7"), answer(29, "8"), answer(30, "9")], tooFastMs: 5_000 }, ["many_links"]],
    ["long after a program followed all: no", { answeredAt: at(50), deliveredAt: at(0), clicks: [answer(1, "7"), answer(1, "8"), answer(1, "9")], tooFastMs: 5_000 }, []],
    ["beside the hidden link: yes", { answeredAt: at(30), deliveredAt: at(0), clicks: [{ at: at(29), kind: "trap", value: null }], tooFastMs: 5_000 }, ["hidden_link"]],
    ["two seconds after delivery: yes", { answeredAt: at(2), deliveredAt: at(0), clicks: [answer(1, "9")], tooFastMs: 5_000 }, ["too_soon"]],
    ["two seconds after delivery where that is allowed: no", { answeredAt: at(2), deliveredAt: at(0), clicks: [answer(1, "9")], tooFastMs: 0 }, []],
    ["when nobody knows when it was delivered: no", { answeredAt: at(2), deliveredAt: null, clicks: [answer(1, "9")], tooFastMs: 5_000 }, []],
  ])("%s", (_title, given, flags) => {
    expect(scannerFlags(given)).toEqual(flags);
  });
});

describe("the length of a text message", () => {
  test.each<[string, string, ReturnType<typeof lengthOfText>]>([
    ["nothing", "", { characters: 0, segments: 0, alphabet: "gsm7" }],
    ["one full message", "a".repeat(160), { characters: 160, segments: 1, alphabet: "gsm7" }],
    ["one character too many", "a".repeat(161), { characters: 161, segments: 2, alphabet: "gsm7" }],
    ["two full messages", "a".repeat(306), { characters: 306, segments: 2, alphabet: "gsm7" }],
    ["characters that count twice", "€".repeat(80), { characters: 160, segments: 1, alphabet: "gsm7" }],
    ["a pair that would be split", `${"a".repeat(152)}€${"a".repeat(20)}`, { characters: 174, segments: 2, alphabet: "gsm7" }],
    ["letters of German", "äöüßÄÖÜ", { characters: 7, segments: 1, alphabet: "gsm7" }],
    ["one letter beyond the alphabet", `${"a".repeat(69)}ł`, { characters: 70, segments: 1, alphabet: "ucs2" }],
    ["one more", `${"a".repeat(70)}ł`, { characters: 71, segments: 2, alphabet: "ucs2" }],
    ["pictures", "😀".repeat(34), { characters: 68, segments: 1, alphabet: "ucs2" }],
  ])("%s", (_title, text, length) => {
    expect(lengthOfText(text)).toEqual(length);
  });
});

describe("a returned mail", () => {
  test.each<[string, string, string, string, string]>([
    ["an unknown address", "failed", "5.1.1", "", "hard"],
    ["a disabled mailbox", "failed", "5.2.1", "", "hard"],
    ["a full mailbox", "failed", "5.2.2", "", "soft"],
    ["a policy", "failed", "5.7.1", "", "soft"],
    ["a delay", "delayed", "4.4.1", "", "soft"],
    ["given up after days", "failed", "4.4.7", "", "soft"],
    ["no detail but a code", "failed", "", "smtp; 550 no such user", "hard"],
    ["a general status with a better one in the words", "failed", "5.0.0", "smtp; 552 5.2.2 full", "soft"],
    ["a success", "delivered", "2.0.0", "", "none"],
  ])("for %s", (_title, action, status, diagnostic, kind) => {
    expect(bounceKindOf({ action, status, diagnostic })).toBe(kind);
  });

  test("is read with folded lines and several people", () => {
    const text = "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822;One@Example.com\r\nAction: failed\r\nStatus: 5.1.1 (bad)\r\nDiagnostic-Code: smtp; 550\r\n  no user\r\n\r\nFinal-Recipient: rfc822;two@example.com\r\nAction: delayed\r\nStatus: 4.2.0\r\n";

    expect(readDeliveryStatus(text)).toEqual([
      { action: "failed", status: "5.1.1", recipient: "one@example.com", diagnostic: "smtp; 550 no user" }, { action: "delayed", status: "4.2.0", recipient: "two@example.com", diagnostic: "" },
    ]);
  });

  test.each([["550 5.1.1 no such user", "hard"], ["550 no such mailbox here", "hard"], ["554 5.7.1 rejected by policy", "soft"], ["552 too large", "soft"]])("refused with %s is %s", (text, kind) => {
    expect(refusalKindOf(text)).toBe(kind);
  });
});

describe("marks in addresses", () => {
  const id = "0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
  const signature = Buffer.alloc(32, 7).toString("base64url");

  test("of pages give the id back, and only for the right shape", () => {
    expect(tokenOf(id, signature)).toHaveLength(44);
    expect(idInToken(tokenOf(id, signature))).toBe(id);
    expect(idInToken(tokenOf(id, signature).slice(1))).toBeNull();
    expect(idInToken("../../etc/passwd")).toBeNull();
  });

  test("of return paths survive a change of case", () => {
    const mark = bounceMarkOf(id, signature);
    expect(mark).toHaveLength(39);
    expect(bounceMarksIn(`To: <RETURNED+${mark.toUpperCase()}@Example.com>`)).toEqual([{ id, short: shortOf(signature) }]);
    expect(bounceMarksIn("bounce+b123@example.com")).toEqual([]);
  });
});

describe("the ways to a person", () => {
  const person = { email: "a@b.c", phone: "+491", deadChannels: [] };
  test.each<[string, Parameters<typeof channelsOf>, string[]]>([
    ["both", ["email_then_text", person], ["email", "text"]],
    ["the other way round", ["text_then_email", person], ["text", "email"]],
    ["only one wanted", ["text", person], ["text"]],
    ["without an address", ["email_then_text", { ...person, email: null }], ["text"]],
    ["after one bounced", ["email_then_text", { ...person, deadChannels: ["email"] }], ["text"]],
    ["none left", ["email", { ...person, deadChannels: ["email"] }], []],
  ])("%s", (_title, given, ways) => {
    expect(channelsOf(...given)).toEqual(ways);
  });
});

describe("gateways", () => {
  test("get values escaped for where they stand", () => {
    const message = { id: "1", phone: "+49 1", body: "Say \"hi\"\n&{{secret}}" };
    const gateway = { url: "https://g.example/?t={{to}}", method: "POST" as const, headers: { "X-Key": "{{secret}}" }, body: "{\"m\":\"{{text}}\"}" };

    expect(httpRequest(gateway, message, "s\r\nX-Evil: 1")).toEqual({
      url: "https://g.example/?t=%2B49%201", method: "POST", headers: { "x-key": "s  X-Evil: 1", "content-type": "application/json" }, body: "{\"m\":\"Say \\\"hi\\\"\\n&{{secret}}\"}",
    });
    expect(httpRequest({ ...gateway, body: "text={{text}}" }, message, "s").body).toBe(`text=${encodeURIComponent(message.body)}`);
  });

  test("sign the address and the fields in the order of their names", () => {
    expect(twilioSignedText("https://e.example/x", new URLSearchParams({ To: "2", From: "1", Body: "a b" }))).toBe("https://e.example/xBodya bFrom1To2");
  });

  test.each([["STOP", "stop"], [" stop. ", "stop"], ["Abmelden", "stop"], ["توقف", "stop"], ["START", "start"], ["please stop by tomorrow", null], ["9", null]])("take %s for %s", (text, wish) => {
    expect(wishInText(text)).toBe(wish);
  });
});

describe("a question in a mail", () => {
  const definition = (question: Question): SurveyDefinition => ({ format: 1, languages: ["en"], title: { en: "T" }, questions: [question], thanks: { title: { en: "Thanks" } }, theme: { accent: "#000000" } });
  const base = { id: "one", title: { en: "Q" }, isRequired: true };
  const context = { traits: {}, facts: {} };

  test.each<[string, Question, string[] | null]>([
    ["nps", { ...base, type: "nps" }, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]],
    ["stars", { ...base, type: "rating", min: 1, max: 5, look: "stars" }, ["1", "2", "3", "4", "5"]],
    ["ces", { ...base, type: "ces" }, ["1", "2", "3", "4", "5", "6", "7"]],
    ["yes or no", { ...base, type: "single", options: [{ id: "yes", label: { en: "Yes" } }, { id: "no", label: { en: "No" } }] }, ["yes", "no"]],
    ["words: none", { ...base, type: "text" }, null],
    ["too many choices: none", { ...base, type: "single", options: Array.from({ length: 11 }, (_, n) => ({ id: `o${n}`, label: { en: String(n) } })) }, null],
  ])("%s", (_title, question, values) => {
    expect(questionInMail(definition(question), context, "en")?.answers.map(({ value }) => value) ?? null).toEqual(values);
  });

  test.each([["11"], ["-1"], ["9.5"], ["1e1"], [""], ["__proto__"], ["9\"><script>"]])("takes %s from no link", (value) => {
    expect(answerInLink(definition({ ...base, type: "nps" }), "one", value)).toBeNull();
    expect(answerInLink(definition({ ...base, type: "nps" }), "constructor", value)).toBeNull();
  });
});
