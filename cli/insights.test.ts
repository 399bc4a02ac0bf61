import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "../server/customers/customers.api.ts";
import { makeInteraction } from "../server/customers/interactions/interactions.make.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { shortenReply } from "../server/insights/assistants/short-replies.rules.ts";
import { explanation } from "../server/insights/explanations/explanations.contract.ts";
import { makeMeasured } from "../server/insights/insights.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../server/firsthand.make.ts";

let installation: Installation;
let organisation: Organisation;
let key = "";
let fullKey = "";

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  key = await installation.makeApiKey(organisation, ["metrics.read", "members.read"]);
  fullKey = await installation.makeApiKey(organisation, ["metrics.read", "members.read", "annotations.read", "comments.read"]);
  const answers = [...Array(50).fill(10), ...Array(30).fill(8), ...Array(20).fill(3)].map((value: number) => makePerception({ kind: "nps", value, channel: value > 5 ? "web" : "phone", at: "2026-03-10T12:00:00Z" }));
  await insertPerceptions(installation.services.db, organisation.workspaceId, answers);
  await installation.settle();
});
afterAll(() => installation.stop());

const runWith = (token: string, ...words: string[]) =>
  new Promise<{ code: number; data: string; said: string }>((resolve) => {
    const env = { ...process.env, FIRSTHAND_KEY: token, FIRSTHAND_URL: installation.address };
    execFile(process.execPath, [join(import.meta.dirname, "firsthand.mjs"), "insights", ...words], { env }, (fault, data, said) => resolve({ code: Number(fault?.code ?? 0), data, said }));
  });
const run = (...words: string[]) => runWith(key, ...words);
const march = ["--from", "2026-03-01", "--to", "2026-04-01"];

describe("firsthand insights", () => {
  test("prints the numbers of the screens with their intervals", async () => {
    const { code, data } = await run("summary", ...march);
    expect(code).toBe(0);
    expect(data).toMatch(/nps +100 +30\.00 +14\.05 to 44\.20/);
  });

  test("splits them, and says which group differs from the rest", async () => {
    const { data } = await run("groups", "--by", "channel", ...march);
    expect(data).toMatch(/web +80 +62\.50 .* different/);
    expect(data).toMatch(/phone +20 +-100\.00 /);
  });

  test("tells why a score moved and what was noted, with the numbers of the API", async () => {
    const { manager } = organisation;
    const before = [...Array(60).fill(10), ...Array(40).fill(8)].map((value: number) => makePerception({ kind: "nps", value, channel: "web", at: "2026-02-10T12:00:00Z" }));
    await insertPerceptions(installation.services.db, organisation.workspaceId, before);
    await installation.settle();
    expect((await manager.ask("POST", "/api/annotations", { day: "2026-03-31", title: "New price list" })).status).toBe(201);

    const { data } = await runWith(fullKey, "why", "--from", "2026-03-01", "--to", "2026-04-01");
    const told = Object((await manager.ask("GET", "/api/explanations?metric=nps&from=2026-03-01&to=2026-04-01")).body);
    expect(told.change.difference).toBe(-30);
    expect(data).toMatch(/^Net promoter score fell by 30\.00, from 60\.00 \(95% [\d.]+ to [\d.]+\) to 30\.00 \(95% [\d.]+ to [\d.]+\)\. 2026-03-01 to 2026-04-01 \(100 answers\) against 2026-02-01 to 2026-03-01 \(100\); p 0\.001: chance alone would rarely do this\.\n/u);
    const phone = told.splits.find(({ by }: { by: string }) => by === "channel").contributions.find(({ label }: { label: string }) => label === "phone");
    expect(data).toMatch(new RegExp(`phone +0 +– +20 +-100\\.00 +${phone.within.toFixed(2)} +${phone.mix.toFixed(2)}`));
    expect(data).toContain("Noted:\n  2026-03-31  New price list\n");
    expect(JSON.parse((await runWith(fullKey, "why", "--json", "--from", "2026-03-01", "--to", "2026-04-01")).data)).toEqual(told);
    expect((await runWith(fullKey, "why", "--from", "2020-03-01", "--to", "2020-04-01")).data).toContain("cannot be compared");

    const figures = (await run("why", "--from", "2026-03-01", "--to", "2026-04-01")).data;
    expect(figures).toContain("Unmet needs are left out: the key may not read comments (comments.read).\n\nNotes on days are left out: the key may not see them (annotations.read).\n");
    expect(figures).not.toContain("New price list");

    const notes = await installation.makeApiKey(organisation, ["annotations.read", "members.read"]);
    expect((await runWith(notes, "notes", ...march)).data).toMatch(/^2026-03-31 {2}New price list {2}\(.+\)\n$/u);
  });

  test("tells why a score moved as an assistant and the screen do, number for number", async () => {
    const answered = (month: string, counts: readonly (readonly [string, number, number])[]) =>
      counts.flatMap(([channel, value, count]) => Array.from({ length: count }, () => makePerception({ kind: "nps", value, channel, touchpoint: channel === "web" ? "Checkout" : null, at: `2025-${month}-10T12:00:00Z` })));
    await insertPerceptions(installation.services.db, organisation.workspaceId, [...answered("05", [["web", 10, 40], ["phone", 10, 30], ["phone", 3, 10]]), ...answered("06", [["web", 10, 37], ["web", 3, 5], ["phone", 10, 11], ["phone", 3, 40]])]);
    await installation.settle();
    const june = { from: "2025-06-01", to: "2025-07-01", channel: ["web", "phone"] };
    const options = ["--from", june.from, "--to", june.to, "--channel", "web", "--channel", "phone"];

    // As the panel on Home asks it.
    const screen = explanation.parse((await organisation.viewer.ask("GET", `/api/explanations?metric=nps&from=${june.from}&to=${june.to}&channel=web&channel=phone`)).body);
    const asked = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "explain_change", arguments: { metric: "nps", ...june } } };
    const reply = await installation.nobody.ask("POST", "/api/mcp", asked, { authorization: `Bearer ${fullKey}`, accept: "application/json, text/event-stream" });
    const told = z.object({ result: z.object({ content: z.array(z.object({ text: z.string() })).length(1) }) }).parse(JSON.parse(/^data: (?<message>.+)$/mu.exec(reply.text)?.groups?.["message"] ?? reply.text)).result.content.map(({ text }) => text).join("");

    expect(screen.splits.map(({ by }) => by)).toContain("channel");
    expect(screen.change?.difference).not.toBe(0);
    // An assistant is told the same in few words.
    expect(JSON.parse(told)).toMatchObject(shortenReply(z.json().parse(screen), {}, { timeZone: "UTC", baseUrl: "", start: 0, isWhole: false }));
    expect(explanation.parse(JSON.parse((await runWith(fullKey, "why", "--json", ...options)).data))).toEqual(screen);
    const table = (await runWith(fullKey, "why", ...options)).data;
    for (const { contributions } of screen.splits.slice(0, 3))
      for (const { previousScore, score, within, mix } of contributions) expect(table.replaceAll(/ +/gu, " ")).toContain([previousScore, score, within, mix].map((part) => (part === null ? "–" : part.toFixed(2))).slice(2).join(" "));
  });

  test("says below a course where it must not be read across, as the screens do", async () => {
    const weeks = [["2026-01-06", "email"], ["2026-01-13", "app"]] as const;
    await insertPerceptions(installation.services.db, organisation.workspaceId, weeks.flatMap(([day, channel]) => Array.from({ length: 40 }, () => makePerception({ kind: "csat", value: 4, scaleMin: 1, scaleMax: 5, channel, at: `${day}T12:00:00Z` }))));
    await installation.settle();
    const january = ["--metric", "csat", "--bucket", "week", "--from", "2026-01-05", "--to", "2026-01-19"];

    const told = "Not to be read across:\n  2026-01-12  channel mix moved: email → app\n";
    expect((await run("trend", ...january)).data).toMatch(/^from .*\n2026-01-05 +40 /u);
    expect((await run("trend", ...january)).data.endsWith(told)).toBe(true);
    expect((await run("breaks", ...january)).data).toBe(told);
    expect(JSON.parse((await run("breaks", "--json", ...january)).data)).toMatchObject({ breaks: [{ kind: "channel_mix" }] });
    expect((await run("breaks", "--metric", "ces", ...march)).data).toBe("");
  });

  test("writes a course also where what stands below it is refused", async () => {
    // An older server, say: it knows of courses alone.
    const older = createServer((request, response) => {
      const address = request.url ?? "";
      if (address.startsWith("/api/metrics/breaks")) return void response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify({ error: { code: "not_found", message: "There is nothing here." } }));
      return void fetch(`${installation.address}${address}`, { headers: { authorization: request.headers.authorization ?? "" } }).then(async (reply) => response.writeHead(reply.status, { "content-type": "application/json" }).end(await reply.text()));
    });
    await new Promise<void>((resolve) => void older.listen(0, "127.0.0.1", resolve));
    const place = older.address();
    const { code, data, said } = await run("trend", "--server", `http://127.0.0.1:${typeof place === "object" ? place?.port : ""}`, "--bucket", "month", ...march);
    older.close();
    expect({ code, data, said }).toMatchObject({ code: 1, data: expect.stringMatching(/^from .*\n2026-03-01 +100 /u), said: expect.stringContaining("There is nothing here.") });
  });

  test("gives the whole reply as JSON, narrowed as asked", async () => {
    const { data } = await run("trend", "--bucket", "month", "--channel", "web", "--json", ...march);
    expect(JSON.parse(data)).toMatchObject({ metric: "nps", bucket: "month", points: [{ count: 80 }] });
  });

  test("prints themes, alerts, drivers, outcomes and needs, each with what it rests on", async () => {
    const { surveyId } = await makeMeasured(installation, organisation);
    const all = await installation.makeApiKey(organisation, ["comments.read", "alerts.read", "responses.read", "outcomes.read", "need-facts.read"]);
    const print = async (...words: string[]): Promise<string> => {
      const { code, data, said } = await runWith(all, ...words);
      expect([code, said]).toEqual([0, ""]);
      return data;
    };

    expect(await print("themes", ...march)).toMatch(/^30 comments read\..* 5\.0% are expected to be chance\.\n\ntheme .*\nLate parcels +10 +33\.3% +19\.\d% to 51\.\d%/u);
    expect(await print("alerts", "--state", "open")).toBe(
      "2026-03-11  lasting  Comments about \"Late parcels\" rose to 33%, 23 points above what eight weeks say\n" +
      "                     On one day: 30 comments; 10% was to be expected from 300 before (difference 12 to 34 points). Chance does this about once in 40 years.\n",
    );
    expect(await print("alerts", "--state", "over")).toBe("Nothing moved beyond what chance explains.\n");
    expect(await print("drivers", "--survey", surveyId)).toMatch(/^Associated with About recommend: R² 0\.9\d+ .*\n.*\n\nfactor .*\nAbout speed +\d+\.\d% +\d+\.\d% to \d+\.\d% /u);
    expect(await print("drivers", "--survey", surveyId, "--factors", "price,speed", "--missing", "mean")).toMatch(/^Associated with .*\nBase: 60 of 60 rows, those with the outcome and a factor; 0\.0% .* filled with the mean\. .*\n\nfactor .*\nAbout speed /u);
    expect(await print("outcomes", "--by", "csat", "--days", "60", ...march)).toMatch(/best +20 +0\.0% +0\.0% to 16\.1% +0\.00 .*\nworst +20 +60\.0% +38\.\d% to 78\.\d% +6\.00 /u);
    expect(await print("retention", "--by", "csat", "--days", "40", ...march)).toMatch(/^Gone is who did not buy for 40 days\.\n\ngroup +days +still watched +still there +95% interval\nbest +0 +20 +100\.0% /u);
    expect(await print("retention", "--by", "csat", "--days", "10", ...march)).toContain("Nobody is left to watch");
    expect(await print("cohorts", ...march)).toMatch(/^A purchase is .*\.\n\nmonth after the first +customers +bought again +95% interval\n0 +\d+ +100\.0% .*\n[^]*first bought +customers +0[^]*\n2026-\d\d-01 +\d+ +100\.0%/u);
    expect(await print("needs", ...march)).toMatch(/EASY repeated contacts +40 +50\.0% +35\.2% to 64\.8%/u);
    expect(JSON.parse(await print("needs", "--json", ...march))).toMatchObject({ measures: expect.any(Array) });
  });

  test("splits and narrows by whoever served and by what it was about, under the names of the screens", async () => {
    const { agent, manager } = organisation;
    const team = z.object({ id: z.uuid() }).parse((await manager.ask("POST", "/api/teams", { name: "Desk", departments: [{ department: "Care", from: null, to: null }], members: [{ memberId: agent.memberId, from: null, to: null }] })).body).id;
    const at = "2026-02-10T12:00:00Z";
    const facts = [...Array(12).keys()].map((place) => makeInteraction(organisation.workspaceId, {
      type: "call", at, subject: `user:caller-${place}`, message: JSON.stringify({ properties: { product: "Lamp" } }), ...(place < 7 ? { memberId: agent.memberId } : {}),
    }));
    await insertInteractions(installation.services.db, organisation.workspaceId, facts);
    await insertPerceptions(installation.services.db, organisation.workspaceId, facts.map(({ id, subject }, place) => makePerception({ interactionId: id, subject, at, kind: "csat", value: place < 7 ? 5 : 1, scaleMin: 1, scaleMax: 5 })));
    await installation.settle();
    const february = ["--metric", "csat", "--from", "2026-02-01", "--to", "2026-03-01"];

    expect((await run("groups", "--by", "team", ...february)).data).toMatch(/^group .*\nDesk +7 +100\.00 .*\n\(not named\) +5 +0\.00 /u);
    expect((await run("groups", "--by", "product", "--department", "Care", ...february)).data).toMatch(/^group .*\nLamp +7 +100\.00 /u);
    expect(JSON.parse((await run("trend", "--bucket", "month", "--team", team, "--member", agent.memberId, "--json", ...february)).data)).toMatchObject({ points: [{ count: 7, score: 100 }] });
    expect(JSON.parse((await run("trend", "--bucket", "month", "--product", "Lamp", "--team", "", "--json", ...february)).data)).toMatchObject({ points: [{ count: 5, score: 0 }] });
    expect((await run("groups", "--by", "department", "--team", team, "--team", "", ...february)).data).toMatch(/^group .*\nCare +7 +100\.00 .*\n\(not named\) +5 +0\.00 /u);
    expect(await run("groups", "--segment", team, ...february)).toMatchObject({ code: 1, said: expect.stringContaining("There is no such segment") });
  });

  test("says what may be asked, and the server's own words when it refuses", async () => {
    expect(await run("horoscope")).toMatchObject({ code: 2, said: expect.stringContaining("summary, why, trend, breaks, groups, answers, comments, themes, alerts, drivers, outcomes, retention, cohorts, notes, needs") });
    expect(await run("comments", ...march)).toMatchObject({ code: 1, said: expect.stringContaining("comments.read") });
    expect(await run("alerts", "--bucket", "day")).toMatchObject({ code: 2, said: expect.stringContaining("--bucket says nothing about alerts; it takes --state.") });
    expect(await run("drivers")).toMatchObject({ code: 2, said: expect.stringContaining("name it with --survey ID") });
    expect(await run("summary", "--from", "2026-04-01", "--to", "2026-03-01")).toMatchObject({ code: 1, said: expect.stringContaining("holds no time") });
  });
});
