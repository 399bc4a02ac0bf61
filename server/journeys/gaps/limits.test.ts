// What is beyond a limit is said: nothing is told as a whole that is a part.
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { gapsReply } from "./gaps.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

const at = "2026-05-01T12:00:00.000Z";

test("touchpoints, and channels of them, beyond the twenty thousand with most are said not to be looked at", async () => {
  const names = Array.from({ length: 20_003 }, (_, place) => `Page ${place}`);
  for (let start = 0; start < names.length; start += 5_000) {
    const some = names.slice(start, start + 5_000);
    await insertInteractions(firsthand.services.db, organisation.workspaceId, some.map((touchpoint) => makeInteraction(organisation.workspaceId, { subject: "user:one", userId: "one", touchpoint, channel: "web", at })));
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, some.map((touchpoint) => makePerception({ subject: "user:one", touchpoint, channel: "web", kind: "csat", value: 4, scaleMin: 1, scaleMax: 5, at })));
  }
  // Of 510 touchpoints two channels lie side by side; ten of them are not listed.
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, names.slice(0, 510).flatMap((touchpoint) => [1, 2].map((value) => makePerception({ subject: "user:one", touchpoint, channel: "email", kind: "csat", value, scaleMin: 1, scaleMax: 5, at }))));
  await firsthand.settle();

  const reply = await organisation.viewer.ask("GET", "/api/gaps?from=2026-04-01&to=2026-06-30");
  expect(reply.status, reply.text).toBe(200);
  const { leftOut, scores, touchpoints } = gapsReply.parse(reply.body);
  expect([scores, touchpoints.length]).toEqual([20_000 + 510, 500]);
  // Of teams and members nobody is named: one row each for every touchpoint.
  expect(leftOut).toEqual({ touchpoints: 3, comments: 0, scores: 513, places: 513 + 3 + 3, aside: expect.any(Number) });
  expect(leftOut.aside).toBeGreaterThan(0);
}, 90_000);
