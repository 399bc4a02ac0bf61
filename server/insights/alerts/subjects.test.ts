// Alerts about a theme of comments and about a survey's response rate.
import { describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { publishSurvey } from "../../feedback/feedback.make.ts";
import { commentsReply } from "../comments/comments.contract.ts";
import { answersReply } from "../metrics/metrics.contract.ts";
import { changedTheme } from "../themes/themes.contract.ts";
import { madeRule, trialReply, type Alert } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const { ask, makeRule } = stand;
const dayMs = 86_400_000;
const db = () => stand.firsthand.services.db;
const look = async (at: string): Promise<Alert[]> => (await stand.look(at)).filter(({ what }) => what.startsWith("theme_") || what === "response_rate");

describe("a theme", () => {
  const subjects = { parcels: "The parcel came late again", parking: "The car park was full", others: "A kind young man at the desk helped me" };
  /** Comments on each of some days, so many of each kind a day. */
  const write = async (days: number, lastDay: string, perDay: Record<keyof typeof subjects, number>): Promise<void> => {
    const texts = (["parcels", "parking", "others"] as const).flatMap((name) => Array.from({ length: perDay[name] }, () => subjects[name]));
    const rows = Array.from({ length: days }, (_, back) => texts.map((text, index) => makePerception({
      kind: "comment", value: null, scaleMin: null, scaleMax: null, channel: "web", text: `${text}, ${back}-${index}.`, at: new Date(Date.parse(`${lastDay}T12:00:00Z`) - back * dayMs + index * 60_000).toISOString(),
    }))).flat();
    await insertPerceptions(db(), stand.organisation.workspaceId, rows);
    await settled();
  };
  /** Waits until all comments have been read and given their themes. */
  const settled = async (): Promise<void> => {
    await vi.waitFor(async () => {
      const { rows: [left] } = await db().query<{ left: number }>(
        `select (select count(*) from customers.perceptions comment where workspace_id = $1 and kind = 'comment' and not exists (select from insights.theme_assignments given where given.perception_id = comment.id))
              + (select count(*) from insights.theme_discoveries where workspace_id = $1 and state = 'running') as left`, [stand.organisation.workspaceId]);
      expect(Number(left?.left)).toBe(0);
    }, { timeout: 60_000, interval: 100 });
  };
  const makeTheme = async (name: string, words: readonly string[]): Promise<string> => changedTheme.parse(await ask("POST", "/api/themes", { name, words })).id;

  test("that jumps is found by its share and by its count, with its comments; one that does not is not", async () => {
    const [parcels, parking] = [await makeTheme("Late parcels", ["parcel"]), await makeTheme("Parking", ["car park"])];
    await write(70, "2027-06-26", { parcels: 2, parking: 2, others: 8 });
    for (const what of ["theme_share", "theme_comments"]) for (const theme of [parcels, parking]) await makeRule({ what, direction: "up", filters: { theme } });
    expect(await look("2027-06-27T09:00:00Z")).toEqual([]);

    await write(3, "2027-06-29", { parcels: 8, parking: 2, others: 2 });
    const found = await look("2027-06-30T09:00:00Z");

    expect(found.map(({ what, direction, tone }) => [what, direction, tone]).toSorted()).toEqual([["theme_comments", "up", "plain"], ["theme_share", "up", "plain"]]);
    const share = found.find(({ what }) => what === "theme_share");
    expect(share?.title).toMatch(/^Comments about "Late parcels" rose to \d\d(\.\d)?%, \d\d(\.\d)? points above what eight weeks say$/u);
    expect(share?.evidence.expected).toBeCloseTo(100 / 6, 0);
    expect(share?.link).toMatch(new RegExp(`^/comments\\?from=2027-06-2\\d&to=2027-06-\\d\\d&theme=${parcels}$`, "u"));
    expect(found.find(({ what }) => what === "theme_comments")?.title).toMatch(/^Comments about "Late parcels" rose to /u);
    const { items } = commentsReply.parse(await ask("GET", `/api${share?.link}&limit=100`));
    expect(items).toHaveLength(Math.round(((share?.evidence.value ?? 0) / 100) * (share?.evidence.count ?? 0)));
    for (const { text } of items) expect(text).toContain("parcel");

    // What comments are about is looked up anew: then all of it was another history, and no news.
    expect(await ask("DELETE", `/api/themes/${parcels}`, undefined, 409)).toMatchObject({ error: { code: "theme_watched", message: expect.stringContaining("Late parcels") } });
    await db().query("update insights.themes set retired_at = $2 where id = $1", [parcels, stand.clock.at]);
    await makeTheme("Irrelevant", ["irrelevant"]);
    await settled();
    expect((await look("2027-07-01T09:00:00Z")).map(({ title, endReason }) => [title.startsWith("Comments about a theme that is gone rose"), endReason])).toEqual([[true, "history"], [true, "history"]]);
  }, 120_000);

  test("that was merged goes by the theme it counts for now; comments being given themes anew are waited for", async () => {
    const [parcels, deliveries] = [await makeTheme("Late parcels", ["parcel"]), await makeTheme("Deliveries", ["courier"])];
    const rule = await makeRule({ what: "theme_share", direction: "both", filters: { theme: parcels } });
    expect(rule).toMatchObject({ name: "Comments about \"Late parcels\" up or down", smallestChange: 2 });
    expect(rule.words).toBe("Comments about \"Late parcels\" rise or fall by 2 points or more, beyond what chance explains. Looked at every day; false alarms: at most one in 2 years.");
    await ask("POST", `/api/themes/${parcels}/merging`, { into: deliveries }, 200);
    expect(madeRule.omit({ hookSecret: true }).parse(await ask("GET", `/api/alert-rules/${rule.id}`)).words).toContain("\"Deliveries\" rise or fall");

    // Under 200, so that no search for themes begins by itself.
    await write(16, "2027-06-26", { parcels: 2, parking: 0, others: 10 });
    await db().query("insert into insights.theme_discoveries (id, workspace_id, kind, state, phase, started_at, moved_at) values (gen_random_uuid(), $1, 'assignment', 'running', 'assigning', $2, $2)", [stand.organisation.workspaceId, stand.clock.at]);
    await look("2027-06-27T09:00:00Z");
    expect(madeRule.omit({ hookSecret: true }).parse(await ask("GET", `/api/alert-rules/${rule.id}`)).lookedAt).toBeNull();
    await db().query("update insights.theme_discoveries set state = 'done' where workspace_id = $1", [stand.organisation.workspaceId]);
    await look("2027-06-27T09:10:00Z");
    expect(madeRule.omit({ hookSecret: true }).parse(await ask("GET", `/api/alert-rules/${rule.id}`)).lookedAt).toBe("2027-06-27T00:00:00.000Z");
  }, 120_000);

  test("must be one of the workspace, and is named where one is watched only", async () => {
    const stranger = await stand.firsthand.makeOrganisation();
    const theirs = changedTheme.parse((await stranger.manager.ask("POST", "/api/themes", { name: "Theirs", words: ["parcel"] })).body).id;
    const refused = { error: { code: "alert_filters_wrong" } };
    for (const rule of [
      { what: "theme_share", direction: "up" }, { what: "theme_share", direction: "up", filters: { theme: theirs } }, { what: "nps", direction: "down", filters: { theme: theirs } },
      { what: "response_rate", direction: "down", filters: { touchpoint: ["checkout"] } },
    ]) expect(await ask("POST", "/api/alert-rules", rule, 400)).toMatchObject(refused);
    const rule = await makeRule({ what: "ces", direction: "down" });
    expect(await ask("PATCH", `/api/alert-rules/${rule.id}`, { what: "theme_comments" }, 400)).toMatchObject(refused);
    const retired = changedTheme.parse(await ask("POST", "/api/themes", { name: "Not found again", words: ["parcel"] })).id;
    await db().query("update insights.themes set retired_at = $2 where id = $1", [retired, stand.clock.at]);
    expect(await ask("POST", "/api/alert-rules", { what: "theme_share", direction: "up", filters: { theme: retired } }, 400)).toMatchObject(refused);
    expect(await ask("POST", "/api/alert-rules/trial", { what: "theme_share", direction: "up", filters: { theme: theirs } }, 400)).toMatchObject(refused);
  });

  test("is looked up by as many changes at once as there are connections, and none waits for another one", async () => {
    const theme = await makeTheme("Late parcels", ["parcel"]);
    const rule = await makeRule({ what: "theme_share", direction: "up", filters: { theme } });
    await Promise.all(Array.from({ length: 24 }, () => ask("PATCH", `/api/alert-rules/${rule.id}`, { filters: { theme } })));
  }, 9_000);
});

describe("a response rate", () => {
  /** Twenty people asked on each of some days, of whom some answered a day later unless that is yet to come. */
  const invite = async (survey: { id: string }, given: { from: string; to: string; answering: number; now: string }): Promise<void> => {
    const distribution = crypto.randomUUID();
    await db().query(
      "insert into feedback.distributions (workspace_id, id, survey_id, name, settings, wave, started_at, created_at, changed_at) values ($1, $2, $3, 'Irrelevant', '{}', 1, now(), now(), now())",
      [stand.organisation.workspaceId, distribution, survey.id],
    );
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, language, state, channel, sent_at, answered_at, response_id, created_at)
       select $1, gen_random_uuid(), $2, $3, 1, day::text || ' ' || person, 'en', 'sent', 'email', day,
              case when person <= $6 and day + interval '1 day' < $7 then day + interval '1 day' end, gen_random_uuid(), now()
       from generate_series($4::timestamptz, $5::timestamptz, interval '1 day') day, generate_series(1, 20) person`,
      [stand.organisation.workspaceId, distribution, survey.id, `${given.from}T10:00:00Z`, `${given.to}T10:00:00Z`, given.answering, given.now],
    );
  };

  test("that falls is found, with who was asked; those who have had no time to answer are no fall", async () => {
    const questions = [{ type: "nps" as const, id: "nps", title: { en: "Irrelevant?" }, isRequired: false }];
    const [falling, steady] = [await publishSurvey(stand.organisation.owner, { questions }), await publishSurvey(stand.organisation.owner, { questions })];
    await stand.organisation.owner.ask("PATCH", `/api/surveys/${falling.id}`, { name: "Onboarding" });
    for (const survey of [falling, steady]) {
      await makeRule({ what: "response_rate", direction: "both", filters: { survey: [survey.id] } });
      await invite(survey, { from: "2027-04-15", to: "2027-06-26", answering: 8, now: "2027-06-27T09:00:00Z" });
    }
    expect(await look("2027-06-27T09:00:00Z")).toEqual([]);

    await db().query("update feedback.invitations set answered_at = sent_at + interval '1 day' where workspace_id = $1 and sent_at > '2027-06-26' and split_part(person_key, ' ', 3)::int <= 8", [stand.organisation.workspaceId]);
    await invite(falling, { from: "2027-06-27", to: "2027-07-05", answering: 2, now: "2027-07-06T09:00:00Z" });
    await invite(steady, { from: "2027-06-27", to: "2027-07-05", answering: 8, now: "2027-07-06T09:00:00Z" });
    const found = await look("2027-07-06T09:00:00Z");

    expect(found).toHaveLength(1);
    const [fall] = found;
    expect(fall).toMatchObject({ what: "response_rate", direction: "down", tone: "bad", evidence: { unit: "percent" } });
    expect(fall?.title).toMatch(/^Response rate within three days \(Onboarding\) fell to \d+(\.\d)?%, \d+(\.\d)? points below what eight weeks say$/u);
    expect(fall?.detail).toContain("people asked; 40% was to be expected");
    const link = new URL(fall?.link ?? "", "http://irrelevant");
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ survey: falling.id, metric: "response_rate", open: "response_rate" });
    const { from, to } = Object.fromEntries(link.searchParams);
    const asked = answersReply.parse(await ask("GET", `/api/metrics/answers?metric=response_rate&survey=${falling.id}&from=${from}&to=${to}&limit=100`));
    expect(asked.items).toHaveLength(fall?.evidence.count ?? 0);
    const trial = trialReply.parse(await ask("POST", "/api/alert-rules/trial", { what: "response_rate", direction: "down" }, 200));
    expect(trial.isTooLittle).toBe(false);
  });
});
