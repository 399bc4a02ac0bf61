import { expect, it } from "vitest";
import { reportText } from "./erasure-report.ts";
import { profilesTexts } from "./profiles.texts.ts";

const report = {
  interactions: 3, perceptions: 1, traits: 2, identifiers: 2, claims: 1, memberships: 0, files: 0, deadLetters: 0, refusedRows: 0, analyticsRows: 4, tombstones: 3,
};

it("tells what went of the customer's own", () => {
  expect(reportText(report, profilesTexts.say)).toBe("3 interactions, 1 feelings, 2 traits, 2 identifiers and 1 links are gone.");
});

it("tells of files, refused events and refused rows only where some went", () => {
  expect(reportText({ ...report, deadLetters: 1, refusedRows: 1204 }, profilesTexts.say)).toContain("Also gone: 1 refused event, 1,204 refused rows of imports.");
  expect(reportText({ ...report, files: 2, deadLetters: 2, refusedRows: 1 }, profilesTexts.say)).toContain("Also gone: 2 uploaded files, 2 refused events, 1 refused row of an import.");
});
