import { parse } from "csv-parse/sync";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { insertPastResponses } from "#feedback";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeDefinition } from "../../feedback/feedback.make.ts";
import type { Question } from "../../feedback/surveys/definition.contract.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { needFactsReply } from "../need-facts/need-facts.contract.ts";
import { DriverAnswers, SurveyDrivers, type Drivers } from "./drivers.contract.ts";
import { seededRandom } from "./resampling.rules.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

type Answered = Record<string, number | null>;

const asked = (id: string) => ({ id, title: { en: `About ${id}` }, isRequired: false });
const nps = { type: "nps", ...asked("recommend") } satisfies Question;
const rating = (id: string): Question => ({ type: "csat", ...asked(id) });

const publish = async (questions: Question[]): Promise<string> => {
  const { owner } = organisation;
  const created = z.object({ id: z.string(), draftRevision: z.int() }).parse((await owner.ask("POST", "/api/surveys", { name: "Irrelevant survey" })).body);
  const saved = await owner.ask("PATCH", `/api/surveys/${created.id}`, { draft: makeDefinition({ questions }), draftRevision: created.draftRevision });
  expect(saved.status, saved.text).toBe(200);
  expect((await owner.ask("POST", `/api/surveys/${created.id}/versions`)).status).toBe(201);
  return created.id;
};

const answer = async (surveyId: string, questions: readonly Question[], rows: readonly Answered[], given: { channel?: "web" | "email"; at?: string; subject?: string } = {}): Promise<void> => {
  const at = given.at ?? "2026-05-15T12:00:00Z";
  const shared = { surveyId, version: 1, language: "en", channel: given.channel ?? "web", touchpoint: null, subject: given.subject ?? null, startedAt: at, completedAt: at } as const;
  const responses = rows.map((row, place) => ({ row, ...shared, id: uuidOf(`${surveyId} ${at} ${shared.channel} ${place}`) }));
  const answers = responses.flatMap(({ id, row }) => questions.flatMap((question, position) => {
    const number = row[question.id] ?? null;
    return number === null ? [] : [{ responseId: id, questionId: question.id, questionType: question.type, position, number, text: null, choice: null }];
  }));
  await insertPastResponses(firsthand.services.db, organisation.workspaceId, responses.map(({ row: _, ...response }) => response), answers);
  await firsthand.settle();
};

const uuidOf = (text: string): string => createHash("sha256").update(text).digest("hex").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/u, "$1-$2-7$3-8$4-$5");

const read = async (surveyId: string, query = "", who: Client = organisation.viewer): Promise<SurveyDrivers> => {
  const reply = await who.ask("GET", `/api/surveys/${surveyId}/drivers?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return SurveyDrivers.parse(reply.body);
};
const resultOf = ({ result, fault }: SurveyDrivers): Drivers => {
  if (result === null) throw new Error(`No result: ${JSON.stringify(fault)}`);
  return result;
};

/** Made-up guests whose recommendation leans on staff twice as much as on food, and not at all on price. */
const makeGuests = (count: number, seed: number): Answered[] => {
  const random = seededRandom(seed);
  const grade = (): number => 1 + Math.floor(random() * 5);
  return Array.from({ length: count }, () => {
    const [food, staff, price] = [grade(), grade(), grade()];
    return { food, staff, price, recommend: Math.max(0, Math.min(10, Math.round(staff + food / 2 + random() * 2))) };
  });
};
const guestQuestions: Question[] = [nps, rating("food"), rating("staff"), rating("price"), { type: "text", ...asked("why") }];

describe("drivers of a survey", () => {
  let survey = "";
  beforeAll(async () => {
    survey = await publish(guestQuestions);
    await answer(survey, guestQuestions, makeGuests(300, 1));
    await answer(survey, guestQuestions, makeGuests(60, 2), { channel: "email", at: "2026-06-15T12:00:00Z" });
  });

  test("explain the recommendation by all other scores, strongest where it leans most", async () => {
    const shown = await read(survey);
    expect(shown).toMatchObject({ outcome: "recommend", factors: ["food", "staff", "price"], fault: null, isTooFewToShow: false, evidence: "normal", everyNth: 1 });
    expect(shown.questions.map(({ id, title, count, scale }) => [id, title, count, scale])).toEqual([
      ["recommend", "About recommend", 360, { min: 0, max: 10 }], ["food", "About food", 360, { min: 1, max: 5 }], ["staff", "About staff", 360, { min: 1, max: 5 }], ["price", "About price", 360, { min: 1, max: 5 }],
    ]);
    const { n, bootstraps, factors } = resultOf(shown);
    expect([n, bootstraps]).toEqual([360, 1000]);
    const [food, staff, price] = factors;
    expect(staff?.lmgShareLow).toBeGreaterThan(food?.lmgShareHigh ?? 1);
    expect(food?.lmgShareLow).toBeGreaterThan(price?.lmgShareHigh ?? 1);
    expect([food?.min, food?.max]).toEqual([1, 5]);
  });

  test("are the same every time, and follow filters, outcome and factors asked for", async () => {
    const [first, again, mailed, june, other] = await Promise.all([
      read(survey), read(survey), read(survey, "channel=email"), read(survey, "from=2026-06-01&to=2026-07-01"), read(survey, "outcome=staff&factors=food,recommend&missing=pairwise"),
    ]);
    expect(again).toEqual(first);
    expect([resultOf(mailed).n, mailed.evidence]).toEqual([60, "limited"]);
    expect(resultOf(june).factors).toEqual(resultOf(mailed).factors);
    expect(resultOf(mailed).warnings).toContainEqual({ code: "few_rows", n: 60 });
    expect([other.outcome, other.factors, resultOf(other).missing]).toEqual(["staff", ["food", "recommend"], "pairwise"]);
  });

  test("weigh responses by the weights of the survey when asked to", async () => {
    const targets = [{ dimension: "channel", groups: [{ value: "web", share: 0.5 }, { value: "email", share: 0.5 }] }];
    expect((await organisation.owner.ask("PUT", `/api/surveys/${survey}/weighting`, { targets })).status).toBe(200);
    const [plain, weighted] = [resultOf(await read(survey)), resultOf(await read(survey, "weighted=true"))];
    expect(plain.effectiveN).toBe(360);
    // Web weighs 0.6 on 300 responses, mail 3 on 60.
    expect(weighted.effectiveN).toBeCloseTo(360 ** 2 / (300 * 0.6 ** 2 + 60 * 9), 6);
    expect(weighted.r2).not.toBe(plain.r2);
  });

  test.each([
    ["outcome=why", 400, "outcome_unusable"],
    ["outcome=nothing", 400, "outcome_unusable"],
    ["factors=food,nothing", 400, "factors_unusable"],
    ["factors=food,recommend", 400, "factors_unusable"],
    ["factors=food,food", 400, "factors_unusable"],
    ["missing=guess", 400, "invalid_input"],
    ["from=2026-06-02&to=2026-06-01", 400, "report_period_empty"],
  ])("refuse %s", async (query, status, code) => {
    const reply = await organisation.viewer.ask("GET", `/api/surveys/${survey}/drivers?${query}`);
    expect([reply.status, z.object({ error: z.object({ code: z.string() }) }).parse(reply.body).error.code]).toEqual([status, code]);
  });
});

const day = (at: string): string => `2026-${at}T12:00:00.000Z`;

/** Eighty responses, seventy of known customers with a comment. Those who were let down met the help desk, called twice, and wait for a parcel and their money. */
const makeSurroundings = async (): Promise<{ survey: string; theme: string; letDown: number }> => {
  const { manager, workspaceId } = organisation;
  const questions: Question[] = [nps, rating("food"), { type: "text", ...asked("why") }];
  const survey = await publish(questions);
  const guests = makeGuests(80, 5).map((row, place) => ({ ...row, recommend: place % 2 === 0 ? 9 + (place % 3 === 0 ? 1 : 0) : (place % 4) }));
  await answer(survey, questions, guests);
  const theme = z.object({ id: z.uuid() }).parse((await manager.ask("POST", "/api/themes", { name: "Parcels", words: ["parcel"] })).body).id;
  const settings = { contacts: ["Support call"], opened: ["Order Completed"], closed: ["Order Delivered"], failures: ["Return Received"], remedies: ["Order Refunded"] };
  expect((await manager.ask("PUT", "/api/need-facts/settings", settings)).status).toBe(200);
  const { rows } = await firsthand.services.db.query<{ id: string; score: number }>("select id, score from feedback.responses where survey_id = $1 order by score, id", [survey]);
  // Two in three of those who were let down write so. One in eight is a stranger and writes nothing.
  const people = rows.map(({ id, score }, place) => ({ id, score, place, isLetDown: score < 5, subject: place % 8 < 7 ? `user:guest${place}` : null }));
  const letDown = people.filter(({ isLetDown, subject }) => isLetDown && subject !== null).length;
  const isAboutParcel = ({ place, isLetDown, subject }: (typeof people)[number]): boolean => subject !== null && isLetDown && place % 3 !== 0;
  const fact = (subject: string, at: string, name: string, touchpoint: string | null = null) =>
    makeInteraction(workspaceId, { subject, userId: subject.slice("user:".length), at: day(at), name, touchpoint, message: JSON.stringify({ properties: { order_id: subject } }) });
  const orders = new Map(people.flatMap(({ subject, isLetDown }) => (subject === null ? [] : [[subject, {
    ...fact(subject, "04-20", "Order Completed"), message: JSON.stringify({ properties: { order_id: subject, product: isLetDown ? "Tent" : "Lamp" } }),
  }] as const])));
  await insertInteractions(firsthand.services.db, workspaceId, people.flatMap(({ subject, isLetDown }) => {
    const bought = subject === null ? undefined : orders.get(subject);
    if (subject === null || bought === undefined) return [];
    return isLetDown
      ? [bought, fact(subject, "05-01", "Ask", "Help desk"), fact(subject, "05-05", "Support call"), fact(subject, "05-06", "Support call"), fact(subject, "05-10", "Return Received"), fact(subject, "05-20", "Support call")]
      : [bought, fact(subject, "04-21", "Order Delivered"), fact(subject, "03-01", "Ask", "Help desk"), fact(subject, "03-02", "Support call")];
  }));
  const felt = { at: day("05-15"), surveyId: survey };
  await insertPerceptions(firsthand.services.db, workspaceId, people.flatMap((one) => {
    const { id, score, isLetDown, subject } = one;
    const about = { ...felt, interactionId: subject === null ? null : (orders.get(subject)?.id ?? null) };
    const scored = makePerception({ ...about, value: score, subject, responseId: id });
    if (subject === null) return [scored];
    const text = isAboutParcel(one) ? "The parcel never arrived and nobody came as promised." : "Thank you, wonderful and friendly staff.";
    return [
      scored,
      makePerception({ ...about, kind: "comment", value: null, scaleMin: null, scaleMax: null, subject, responseId: id, text }),
      makePerception({ kind: "ces", value: isLetDown ? 2 : 7, scaleMin: 1, scaleMax: 7, subject, at: day("05-14") }),
    ];
  }));
  await vi.waitFor(async () => {
    const { rows: given } = await firsthand.services.db.query("select from insights.theme_assignments where workspace_id = $1 and cardinality(theme_ids) = 1", [workspaceId]);
    expect(given).toHaveLength(people.filter(isAboutParcel).length);
    // What is known of the facts is kept for some seconds.
    const { measures } = needFactsReply.parse((await manager.ask("GET", "/api/need-facts?from=2026-04-01&to=2026-06-01")).body);
    expect(measures.find(({ measure }) => measure === "longest_silence")).toMatchObject({ count: 70 });
  }, { timeout: 20_000, interval: 200 });
  await firsthand.settle();
  return { survey, theme, letDown };
};

describe("what was around an answer", () => {
  let [survey, theme, letDown] = ["", "", 0];
  beforeAll(async () => {
    ({ survey, theme, letDown } = await makeSurroundings());
  }, 30_000);

  test("stands in for scores that were not asked, as far as comments speak of it", async () => {
    expect((await read(survey)).factors).toEqual(["food", "need:PROMISE", "need:INDIVID"]);
    // Whoever asks for what nobody speaks of is told so.
    expect(await read(survey, "factors=need:PROMISE,need:EXPECT")).toMatchObject({ result: null, fault: { fault: "constant_factor", factor: "need:EXPECT" } });
  });

  test("can be a factor beside the scores where it differs", async () => {
    const { questions } = await read(survey);
    expect(questions.slice(2).map(({ id, type, title, count }) => [type, id.replace(theme, "parcels"), title, count])).toEqual([
      ...["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"].map((need) => ["need", `need:${need}`, "", 70]),
      ["theme", "theme:parcels", "Parcels", expect.any(Number)],
      ...[["Delivery", 70 - letDown], ["Help desk", letDown], ["Return", letDown], ["Support call", letDown]].map(([name, count]) => ["touchpoint", `touchpoint:${encodeURIComponent(name ?? "")}`, name, count]),
      ["effort", "effort:ces", "", 70], ["effort", "effort:contacts", "", letDown],
      ["waiting", "waiting:silence", "", 70], ["waiting", "waiting:remedy", "", 70],
    ]);
  });

  test("is counted in the period asked for", async () => {
    const counted = async (query: string): Promise<unknown> => (await read(survey, query)).questions.flatMap(({ type, count }) => (type === "theme" || type === "need" ? [[type, count]] : []));
    const all = await counted("");
    expect(all).toHaveLength(7);
    expect(await counted("from=2026-05-15")).toEqual(all);
    expect(await counted("from=2026-05-16")).toEqual([]);
  });

  test("can be narrowed to whose work it was and what it was about, as far as any answer says", async () => {
    const ofProduct = async (query: string): Promise<unknown> => {
      const { outcome, result } = await read(survey, `${query}&factors=food,need:PROMISE`);
      return outcome === null ? "nobody answered" : result?.n;
    };
    const { circumstances } = await read(survey);
    expect(new Set(circumstances.map(({ name, value, label }) => `${name} ${value} ${label}`))).toEqual(new Set(["product Tent Tent", "product Lamp Lamp", "product  null"]));
    expect([await ofProduct("product=Tent"), await ofProduct("product=Tent&product=Lamp"), await ofProduct(`product=Tent&member=${organisation.agent.memberId}`)]).toEqual([letDown, 70, "nobody answered"]);
  });

  // `bad` is the value of who was let down, `good` that of the others.
  test.each([
    ["touchpoint:Help%20desk", 1, 0], ["effort:contacts", 2, 0], ["effort:ces", -2 / 3, 1], ["waiting:silence", 11, 1], ["waiting:remedy", 5, 0],
  ])("%s counts what happened in the thirty days before, to customers who are known", async (factor, bad, good) => {
    const { n, outcomeRows, factors } = resultOf(await read(survey, `factors=food,${encodeURIComponent(factor)}`));
    expect([n, outcomeRows]).toEqual([70, 80]);
    expect(factors[1]?.mean).toBeCloseTo((bad * letDown + good * (70 - letDown)) / 70, 6);
    expect(Math.abs(factors[1]?.correlation ?? 0)).toBeGreaterThan(0.9);
  });

  test("is what most comments of a response say about a need, and whether one is about a theme", async () => {
    const [need, about] = [resultOf(await read(survey, "factors=food,need:PROMISE")), resultOf(await read(survey, `factors=food,theme:${theme}`))];
    expect([need.n, about.n]).toEqual([70, 70]);
    expect(need.factors[1]).toMatchObject({ factor: "need:PROMISE", min: -1, max: 1 });
    expect(need.factors[1]?.correlation).toBeGreaterThan(0.3);
    expect(need.factors[1]?.mean).toBeLessThan(0);
    expect(about.factors[1]?.mean).toBeCloseTo(-(need.factors[1]?.mean ?? 0), 6);
    expect(about.factors[1]?.correlation).toBeLessThan(-0.3);
  });

  test("opens those it happened to, and the others", async () => {
    const query = `factors=food,touchpoint:Help%2520desk&factor=touchpoint:Help%2520desk`;
    const list = async (part: string): Promise<DriverAnswers> => DriverAnswers.parse((await organisation.viewer.ask("GET", `/api/surveys/${survey}/drivers/answers?${query}&part=${part}&limit=100`)).body);
    const [some, none] = [await list("some"), await list("none")];
    expect([some.count, none.count]).toEqual([letDown, 70 - letDown]);
    expect(some.items.every(({ outcome, value }) => outcome < 5 && value === 1)).toBe(true);
  });

  test("of who is not known is filled in when asked to", async () => {
    const [mean, multiple] = [await read(survey, "factors=food,effort:contacts&missing=mean"), await read(survey, "factors=food,effort:contacts&missing=multiple")];
    expect([resultOf(mean), resultOf(multiple)].map(({ n, filled, imputations }) => [n, filled, imputations])).toEqual([[80, 10 / 160, 0], [80, 10 / 160, 10]]);
    expect(resultOf(multiple).factors[1]?.missingInfo).toBeGreaterThanOrEqual(0);
    const reply = await organisation.viewer.ask("GET", `/api/surveys/${survey}/drivers?factors=food,theme:${survey}`);
    expect(reply).toMatchObject({ status: 400, body: { error: { code: "factors_unusable" } } });
  });
});

describe("the answers behind a factor", () => {
  let survey = "";
  const behind = async (query: string, id = survey): Promise<DriverAnswers> => {
    const reply = await organisation.viewer.ask("GET", `/api/surveys/${id}/drivers/answers?${query}`);
    expect(reply.status, reply.text).toBe(200);
    return DriverAnswers.parse(reply.body);
  };
  beforeAll(async () => {
    survey = await publish(guestQuestions);
    await answer(survey, guestQuestions, makeGuests(200, 3).map((row, place) => ({ ...row, price: place % 10 === 0 ? null : (row["price"] ?? null) })));
    await insertInteractions(firsthand.services.db, organisation.workspaceId, [makeInteraction(organisation.workspaceId, { subject: "user:ann", userId: "ann", at: "2026-05-01T12:00:00Z" })]);
    await answer(survey, guestQuestions, [{ food: 1, staff: 1, price: 1, recommend: 0 }], { subject: "user:ann", at: "2026-06-15T12:00:00Z" });
  });

  test("are as many as its figure says, lowest outcome first, page by page", async () => {
    const { factors } = resultOf(await read(survey));
    const staff = factors.find(({ factor }) => factor === "staff");
    const [low, high, all] = [await behind("factor=staff&part=low&limit=100"), await behind("factor=staff&part=high"), await behind("factor=staff")];
    expect([low.count, high.count, all.count]).toEqual([staff?.contrast?.penalty.n, staff?.contrast?.reward.n, staff?.n]);
    expect(low.items.every(({ value }) => value <= 2)).toBe(true);
    expect(low.items.map(({ outcome }) => outcome)).toEqual(low.items.map(({ outcome }) => outcome).toSorted((one, other) => one - other));
    const first = await behind("factor=staff&part=low&limit=30");
    const second = await behind(`factor=staff&part=low&limit=70&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(low.items);
  });

  test("are turned page by page in one reading, though answers come in meanwhile", async () => {
    const own = await publish(guestQuestions);
    await answer(own, guestQuestions, makeGuests(60, 3));
    const first = await behind("factor=staff&limit=40", own);
    await answer(own, guestQuestions, makeGuests(20, 4), { at: "2026-05-16T12:00:00Z" });
    const second = await behind(`factor=staff&limit=40&cursor=${first.nextCursor}`, own);
    expect([first.count, second.count, first.items.length + second.items.length, second.nextCursor]).toEqual([60, 60, 60, null]);
  });

  test("name whoever is known, of the days and the missing answers that are looked at", async () => {
    const [ann] = (await behind("factor=price&part=low&from=2026-06-01&to=2026-07-01")).items;
    expect(ann).toMatchObject({ customer: { name: expect.any(String) }, outcome: 0, value: 1, at: "2026-06-15T12:00:00.000Z" });
    expect((await behind("factor=staff&to=2026-06-01")).items.every(({ customer }) => customer === null)).toBe(true);
    expect([(await behind("factor=staff&to=2026-06-01")).count, (await behind("factor=staff&to=2026-06-01&missing=pairwise")).count]).toEqual([180, 200]);
  });

  test("are refused to whoever may not see customers, of what is not compared, and where so few could be traced", async () => {
    const { owner } = organisation;
    const authorization = `Bearer ${await firsthand.makeApiKey(organisation, ["responses.read"])}`;
    expect(await firsthand.nobody.ask("GET", `/api/surveys/${survey}/drivers/answers?factor=staff`, undefined, { authorization })).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability: "customers.read" } } } });
    for (const [query, code] of [["factor=nothing", "drivers_factor_unusable"], ["factor=staff&cursor=x", "drivers_cursor_wrong"]])
      expect((await organisation.viewer.ask("GET", `/api/surveys/${survey}/drivers/answers?${query}`)).body).toMatchObject({ error: { code } });
    expect((await owner.ask("PUT", `/api/surveys/${survey}/settings`, { anonymityThreshold: 100 })).status).toBe(200);
    expect(await behind("factor=staff&part=low")).toMatchObject({ isTooFewToShow: true, count: 0, items: [] });
    expect(await behind("factor=staff")).toMatchObject({ isTooFewToShow: false, count: 181 });
  });
});

describe("too little to go by", () => {
  test("under thirty responses give the reason and no figure", async () => {
    const survey = await publish(guestQuestions);
    await answer(survey, guestQuestions, makeGuests(29, 1));
    expect(await read(survey)).toMatchObject({ result: null, fault: { fault: "too_few_rows", n: 29, needed: 30 }, evidence: "indicative" });
  });

  test("a survey nobody has answered, or with one score alone, has nothing to compare", async () => {
    expect(await read(await publish(guestQuestions))).toMatchObject({ outcome: null, factors: [], fault: null, result: null });
    const lonely = await publish([nps]);
    await answer(lonely, [nps], [{ recommend: 9 }]);
    expect((await read(lonely)).questions.map(({ id }) => id)).toEqual(["recommend"]);
    expect(await read(lonely)).toMatchObject({ outcome: "recommend", fault: { fault: "too_few_factors", needed: 2 }, result: null });
  });

  test("a factor that everybody rates alike is named", async () => {
    const survey = await publish(guestQuestions);
    await answer(survey, guestQuestions, makeGuests(40, 1).map((row) => ({ ...row, price: 3 })));
    expect(await read(survey)).toMatchObject({ result: null, fault: { fault: "constant_factor", factor: "price" } });
  });

  test("a question that few were asked is no factor of its own accord, and can be chosen", async () => {
    const survey = await publish(guestQuestions);
    await answer(survey, guestQuestions, makeGuests(200, 1).map((row, place) => ({ ...row, price: place % 4 === 0 ? (row["price"] ?? null) : null })));
    expect((await read(survey)).factors).toEqual(["food", "staff"]);
    const chosen = resultOf(await read(survey, "factors=food,staff,price"));
    expect([chosen.n, chosen.outcomeRows]).toEqual([50, 200]);
    expect(chosen.warnings).toContainEqual({ code: "rows_lost", n: 50, of: 200 });
  });
});

const surveys = join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/data/survey");
const hasSurveys = existsSync(join(surveys, "sfo_2018.csv.gz"));
const title = hasSurveys ? "the airport survey of 2018" : `the airport survey of 2018 (skipped: it is not in ${surveys})`;
// The names of columns as ids of questions, which have small letters only.
const columns = ["NETPRO", "Q7ALL", "Q7SIGN", "Q7FOOD", "Q7STORE", "Q7SCREENS", "Q7ART", "Q9Restroom", "Q9Food", "Q9Boarding", "Q7WALKWAY", "Q7WIFI"];
const ids = columns.map((name) => name.toLowerCase());

describe.skipIf(!hasSurveys)(title, () => {
  test("gives the known shares through the analytics store", async () => {
    const questions = ids.map((id): Question => (id === "netpro" ? { type: "nps", ...asked(id) } : rating(id)));
    const text = gunzipSync(readFileSync(join(surveys, "sfo_2018.csv.gz"))).toString("latin1");
    const rows: unknown[] = parse(text, { columns: (header: string[]) => header.map((name) => name.trim()), relax_column_count: true });
    const survey = await publish(questions);
    await answer(survey, questions, rows.map((row) => {
      const cells = z.record(z.string(), z.string()).parse(row);
      return Object.fromEntries(columns.map((name) => [name.toLowerCase(), readAnswer(name, cells[name] ?? "")]));
    }));

    const ratings = ids.slice(2).join(",");
    const [recommend, overall] = [resultOf(await read(survey, `factors=${ratings}`)), resultOf(await read(survey, `outcome=q7all&factors=${ratings}`))];

    expect([recommend.n, recommend.outcomeRows, overall.n]).toEqual([1199, 2650, 1219]);
    expect(recommend.r2).toBeCloseTo(0.414519, 6);
    expect(overall.r2).toBeCloseTo(0.603159, 6);
    expect(recommend.factors[0]?.lmg).toBeCloseTo(0.0666, 5);
    expect(recommend.warnings).toContainEqual({ code: "rows_lost", n: 1199, of: 2650 });
  });
});

// Blank is 11 of the recommendation, and 0 (blank) and 6 (not used) of the ratings.
const readAnswer = (column: string, cell: string): number | null => {
  const value = cell.trim() === "" ? null : Number(cell);
  if (value === null) return null;
  return column === "NETPRO" ? (value > 10 ? null : value) : value >= 1 && value <= 5 ? value : null;
};
