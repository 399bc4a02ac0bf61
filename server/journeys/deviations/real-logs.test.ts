// Logs whose distance from a line is known from another program; imported as interactions, asked for over HTTP.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openXesReader, type EventLog } from "@firsthand/mining";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import { makeStage, makeStep } from "../maps/document.make.ts";
import { deviationsReply } from "./deviations.contract.ts";

const folder = join(import.meta.dirname, "../../../mining/logs");
const INSERTED_AT_ONCE = 1_000;

const readLog = (file: string): EventLog => {
  const reader = openXesReader();
  const bytes = readFileSync(join(folder, file));
  reader.push(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return reader.end().log;
};

describe("logs against a line", () => {
  let firsthand: Installation;
  beforeAll(async () => {
    firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
  });
  afterAll(() => firsthand.stop());

  test.each([
    ["running-example.xes", ["register request", "examine casually", "check ticket", "decide", "pay compensation"], "0:1 2:1 4:3 10:1", "0.693122"],
    ["roadtraffic100traces.xes.gz", ["Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Send for Credit Collection"], "0:36 2:10 3:26 4:5 5:22 6:1", "0.697727"],
    ["receipt.xes.gz", ["Confirmation", "T02", "T04", "T05", "T06", "T10"], "0:713 1:14 2:173 3:10 4:316 5:126 6:32 7:6 8:24 9:2 10:7 11:2 12:6 14:1 18:1 19:1", "0.818053"],
  ])("%s costs what the reference says", async (file, line, costs, fitness) => {
    const organisation = await firsthand.makeOrganisation();
    const log = readLog(file);
    const rows = log.cases.flatMap((name, at) =>
      Array.from({ length: (log.offsets[at + 1] ?? 0) - (log.offsets[at] ?? 0) }, (_, place) => {
        const event = (log.offsets[at] ?? 0) + place;
        return makeInteraction(organisation.workspaceId, { subject: `user:${name}`, userId: name, touchpoint: log.activities[log.steps[event] ?? 0] ?? "", at: new Date(log.times[event] ?? 0).toISOString() });
      }),
    );
    for (let start = 0; start < rows.length; start += INSERTED_AT_ONCE) await insertInteractions(firsthand.services.db, organisation.workspaceId, rows.slice(start, start + INSERTED_AT_ONCE));
    await firsthand.settle();
    const steps = line.map((prefix, at) => makeStep(`step${at}`, "stage1", { name: prefix, matches: [{ touchpoint: log.activities.find((activity) => activity.startsWith(prefix)) ?? "", channel: null }] }));
    const map = await organisation.owner.ask("POST", "/api/maps", { name: file, from: { kind: "document", document: { stages: [makeStage("stage1")], steps, lanes: [], cards: [], measured: [] } } });

    const reply = await organisation.viewer.ask("GET", `/api/maps/${String(Object(map.body).id)}/deviations?from=2000-01-01&to=2020-01-01`);

    const found = deviationsReply.parse(reply.body);
    expect(found.cases).toBe(log.cases.length);
    expect(found.costs.map(({ cost, cases }) => `${cost}:${cases}`).join(" ")).toBe(costs);
    expect(found.meanFitness?.toFixed(6)).toBe(fitness);
  });
});
