// Rules narrowed to what metrics are narrowed to: teams, departments, members, environments, products, sources, segments, personas and traits.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { answersReply } from "../metrics/metrics.contract.ts";
import { rule as oneRule, trialReply } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const { ask, look } = stand;
const made = z.object({ id: z.uuid() });
const gone = "0190a1b2-0000-7000-8000-000000000001";

const dayMs = 86_400_000;
const makeRule = (rule: object) => stand.makeRule({ what: "csat", direction: "down", sensitivity: "normal", ...rule });
const idOf = async (url: string, body: object): Promise<string> => made.parse(await ask("POST", url, body)).id;

describe("a rule that is narrowed", () => {
  type Side = { team: string; department: string; member: string; segment: string; persona: string; environment: string; product: string; source: string; trait: string; touchpoint: string; person: string };

  const furnish = async (name: "Desk" | "Field", member: string): Promise<Side> => {
    const [department, environment, product, source, touchpoint, plan] = [`${name} department`, `${name} room`, `${name} lamp`, `${name}-source`, `${name} counter`, `${name}-plan`];
    const team = await idOf("/api/teams", { name, departments: [{ department, from: null, to: null }], members: [{ memberId: member, from: null, to: null }] });
    await ask("POST", "/api/touchpoints", { name: touchpoint, environment });
    await ask("POST", "/api/places", { kind: "product", name: product });
    const people = { kind: "live", rule: { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value: plan }] } };
    const segment = await idOf("/api/segments", { ...people, name: `${name} people` });
    const persona = await idOf("/api/segments", { ...people, name: `${name} persona`, story: "Irrelevant." });
    return { team, department, member, segment, persona, environment, product, source, trait: `plan=${plan}`, touchpoint, person: `${name}-person` };
  };
  /** Four scores a day about a call with one side, all of one customer. */
  const served = async (side: Side, days: number, lastDay: string, value: number): Promise<void> => {
    const times = Array.from({ length: days * 4 }, (_, index) => new Date(Date.parse(`${lastDay}T12:00:00Z`) - Math.floor(index / 4) * dayMs + (index % 4) * 60_000).toISOString());
    const facts = times.map((at) => makeInteraction(stand.organisation.workspaceId, {
      type: "call", at, memberId: side.member, touchpoint: side.touchpoint, subject: `user:${side.person}`, source: side.source, message: JSON.stringify({ properties: { product: side.product } }),
    }));
    await insertInteractions(stand.firsthand.services.db, stand.organisation.workspaceId, facts);
    await insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, facts.map(({ id, at, subject, touchpoint, source }) => makePerception({ interactionId: id, at, subject, touchpoint, source, kind: "csat", value, scaleMin: 1, scaleMax: 5 })));
  };
  const identify = async (sides: readonly Side[]): Promise<void> => {
    const authorization = `Bearer ${await stand.firsthand.makeWriteKey(stand.organisation)}`;
    for (const { person, trait } of sides) {
      const reply = await stand.firsthand.nobody.ask("POST", "/v1/identify", { userId: person, messageId: person, traits: { plan: trait.replace("plan=", "") }, timestamp: "2027-01-01T00:00:00Z" }, { authorization });
      expect(reply.status, reply.text).toBe(200);
    }
  };
  const names = ["team", "department", "member", "segment", "persona", "environment", "product", "source", "trait"] as const;

  test("looks at that alone, says so by name, and leads to the rows behind it", async () => {
    const { agent, manager } = stand.organisation;
    const [desk, field] = [await furnish("Desk", agent.memberId), await furnish("Field", manager.memberId)];
    await identify([desk, field]);
    for (const side of [desk, field]) await served(side, 70, "2027-06-26", 4);
    for (const name of names) for (const side of [desk, field]) await makeRule({ name: `${name} of ${side === desk ? "desk" : "field"}`, filters: { [name]: [side[name]] } });
    await makeRule({ name: "calls of field", what: "interactions", filters: { team: [field.team] } });
    const calls = await makeRule({ what: "interactions", filters: { team: [desk.team] } });
    expect((await look("2027-06-27T09:00:00Z")).filter(({ isFromHistory }) => !isFromHistory)).toEqual([]);

    await served(desk, 3, "2027-06-29", 1);
    await served(field, 3, "2027-06-29", 4);
    const found = (await look("2027-06-30T09:00:00Z")).filter(({ what, ruleName }) => what === "csat" && ruleName.includes(" of "));

    expect(found.map(({ ruleName }) => ruleName).toSorted()).toEqual(names.map((name) => `${name} of desk`).toSorted());
    const words = { team: "Desk", department: "Desk department", member: expect.stringContaining("agent"), segment: "Desk people", persona: "Desk persona", environment: "Desk room", product: "Desk lamp", source: "Desk-source", trait: "plan Desk-plan" };
    for (const alert of found) {
      const name = names.find((one) => alert.ruleName === `${one} of desk`) ?? "team";
      expect(alert.title).toMatch(/^CSAT \(.*\) fell to 66.7%, 33 points below what eight weeks say$/u);
      expect(/\((?<where>.*)\)/u.exec(alert.title)?.groups?.["where"]).toEqual(words[name]);
      expect(alert.evidence).toMatchObject({ expected: 100, count: 12 });
      const { from, to, [name]: narrowedTo } = Object.fromEntries(new URL(alert.link, "http://irrelevant").searchParams);
      expect(narrowedTo).toBe(desk[name]);
      const rows = answersReply.parse(await ask("GET", `/api/metrics/answers?${new URLSearchParams({ metric: "csat", from: from ?? "", to: to ?? "", [name]: desk[name], limit: "100" })}`));
      expect(rows.items).toHaveLength(alert.evidence.count);
    }
    const trial = trialReply.parse(await ask("POST", "/api/alert-rules/trial", { what: "csat", direction: "down", sensitivity: "normal", filters: { team: [desk.team] } }, 200));
    expect([trial.count, trial.alerts[0]?.title]).toEqual([1, found[0]?.title.replace(/\(.*\)/u, "(Desk)")]);
    expect(oneRule.parse(await ask("GET", `/api/alert-rules/${calls.id}`)).words).toContain("Interactions (Desk) fall by");

    // People a rule looks at are not taken from under it.
    expect(await ask("DELETE", `/api/segments/${desk.segment}`, undefined, 409)).toMatchObject({ error: { message: expect.stringContaining("segment of desk") } });
  }, 120_000);

  test("that found nothing at first looks again when something has come, and does not wait a day for it", async () => {
    const rule = await makeRule({ filters: { team: [""] } });
    await look("2027-06-27T09:00:00Z");
    const rows = Array.from({ length: 280 }, (_, index) => makePerception({ at: new Date(Date.parse("2027-06-26T12:00:00Z") - Math.floor(index / 4) * dayMs).toISOString(), kind: "csat", value: index < 40 ? 1 : 5, scaleMin: 1, scaleMax: 5 }));
    await insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, rows);
    expect((await look("2027-06-27T09:14:00Z")).length).toBe(0);

    const found = (await look("2027-06-27T09:16:00Z")).filter(({ ruleId }) => ruleId === rule.id);

    // What first showed as a fall to 66.7 was worse three days later.
    const fallen = found.map(({ title, isFromHistory, endReason }) => [/\(no team\) fell to ([\d.]+)%/u.exec(title)?.[1], isFromHistory, endReason]);
    expect(fallen).toEqual([["0", true, null], ["66.7", true, "worse"]]);
  });

  test("takes nothing that is not of its workspace, and keeps what is gone since", async () => {
    const stranger = await stand.firsthand.makeOrganisation();
    const theirs = async (url: string, body: object): Promise<string> => made.parse((await stranger.manager.ask("POST", url, body)).body).id;
    const rule = { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value: "gold" }] };
    const strange = {
      team: await theirs("/api/teams", { name: "Theirs" }), member: stranger.agent.memberId, segment: await theirs("/api/segments", { kind: "list", name: "Theirs" }),
      persona: await theirs("/api/segments", { kind: "live", name: "Theirs", rule, story: "Irrelevant." }), survey: gone,
    };
    for (const [name, id] of Object.entries(strange)) {
      for (const one of [id, gone]) {
        expect(await ask("POST", "/api/alert-rules", { what: "csat", direction: "down", filters: { [name]: [one] } }, 400)).toMatchObject({ error: { code: "alert_filters_wrong", message: expect.stringContaining(`A ${name} `) } });
        expect(await ask("POST", "/api/alert-rules/trial", { what: "csat", direction: "down", filters: { [name]: [one] } }, 400)).toMatchObject({ error: { code: "alert_filters_wrong" } });
      }
    }
    for (const filters of [{ trait: ["plan"] }, { segment: [""] }, { team: ["Desk"] }, { weekday: ["1"] }, { moon: ["full"] }]) await ask("POST", "/api/alert-rules", { what: "csat", direction: "down", filters }, 400);
    for (const filters of [{ team: [""] }, { trait: ["plan=gold"] }]) expect(await ask("POST", "/api/alert-rules", { what: "response_rate", direction: "down", filters }, 400)).toMatchObject({ error: { code: "alert_filters_wrong" } });

    const desk = await idOf("/api/teams", { name: "Desk" });
    const kept = await makeRule({ filters: { team: [desk, ""] } });
    expect(kept.words).toContain("CSAT (Desk, no team) falls");
    await ask("DELETE", `/api/teams/${desk}`, undefined, 204);
    expect(oneRule.parse(await ask("PATCH", `/api/alert-rules/${kept.id}`, { filters: { team: [desk, ""], channel: ["web"] } })).words).toContain("(web, 2 teams)");
  });
});
