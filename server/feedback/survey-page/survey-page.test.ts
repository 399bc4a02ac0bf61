import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import { Survey, SurveyLink } from "../surveys/surveys.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const publish = async (definition: unknown = makeDefinition()): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const open = (address: string, headers: Record<string, string> = {}) => installation.nobody.ask("GET", address, undefined, headers);
/** What a browser without script sends when the form is submitted. */
const submit = async (address: string, fields: Record<string, string>) => {
  const html = (await open(address)).text;
  const action = unescape(/<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? "");
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = "", value = ""]): [string, string] => [name, value]);
  const form = new URLSearchParams([...hidden, ...Object.entries(fields)]).toString();
  const post = () => installation.nobody.ask("POST", action, Buffer.from(form), { "content-type": "application/x-www-form-urlencoded" });
  return { post, html };
};
const unescape = (html: string): string => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const responses = async (survey: Survey) =>
  (await installation.services.db.query<{ id: string; channel: string; subject: string | null; state: string; answers: Record<string, unknown> }>(
    `select response.id, response.channel, response.touchpoint, response.source, response.subject, response.state, response.language,
            (select jsonb_object_agg(question_id, coalesce(to_jsonb(number), to_jsonb(choices), to_jsonb(text))) from feedback.answers answer where answer.response_id = response.id) as answers
     from feedback.responses response where response.survey_id = $1 order by response.started_at`, [survey.id])).rows;

describe("the survey page without a script", () => {
  test("takes the whole survey as one form and thanks", async () => {
    const survey = await publish();
    const { post } = await submit(`/s/${survey.slug}?channel=qr&touchpoint=Counter&utm_source=poster&evil=1`, {
      "q.nps": "3", "q.why": "Nobody there", "q.matters": "other", "q.matters.other": "A smile", website: "",
    });

    const reply = await post();

    expect(reply).toMatchObject({ status: 303, headers: { location: `/s/${survey.slug}/thanks?lang=en` } });
    expect((await open(`/s/${survey.slug}/thanks?lang=en`)).text).toContain("Thank you!");
    expect(await responses(survey)).toMatchObject([
      { state: "complete", channel: "qr", touchpoint: "Counter", source: "poster", answers: { nps: 3, why: "Nobody there", matters: ["other"] } },
    ]);
  });

  test("posted twice is one response", async () => {
    const survey = await publish();
    const { post } = await submit(`/s/${survey.slug}`, { "q.nps": "9" });

    const replies = await Promise.all([post(), post()]);

    expect(replies.map(({ status }) => status)).toEqual([303, 303]);
    expect(await responses(survey)).toHaveLength(1);
  });

  test("says which answer is missing and keeps the others", async () => {
    const survey = await publish();
    const { post } = await submit(`/s/${survey.slug}`, { "q.matters": "price" });

    const reply = await post();

    expect(reply.status).toBe(422);
    expect(reply.text).toContain("Please answer this question.");
    expect(reply.text).toMatch(/value="price" checked/);
    expect(await responses(survey)).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ["a score that is no number", { "q.nps": "ten" }],
    ["a score beside the scale", { "q.nps": "11" }],
    ["an unknown option", { "q.nps": "9", "q.matters": "gold" }],
    ["a text that is far too long", { "q.nps": "3", "q.why": "x".repeat(5000) }],
  ])("sends %s back with a reason", async (_title, fields) => {
    const survey = await publish();

    const reply = await (await submit(`/s/${survey.slug}`, fields)).post();

    expect(reply.status).toBe(422);
    expect(reply.text).toContain('class="error"');
    expect(await responses(survey)).toEqual([]);
  });

  test("knows the customer by a signed link", async () => {
    const survey = await publish();
    const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "email:ann@example.com" })).body);

    await (await submit(`${new URL(url).pathname}${new URL(url).search}`, { "q.nps": "9" })).post();

    expect(await responses(survey)).toMatchObject([{ subject: "email:ann@example.com" }]);
  });

  test("says that a survey is closed, also to a form opened before", async () => {
    const survey = await publish();
    const { post } = await submit(`/s/${survey.slug}`, { "q.nps": "9" });
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);

    expect(await post()).toMatchObject({ status: 410, text: expect.stringContaining("This survey is closed") });
    expect(await responses(survey)).toEqual([]);
  });
});

describe("a refusal without a script", () => {
  const set = (survey: Survey, settings: object) => organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
  const postTo = (survey: Survey, body: string, type = "application/x-www-form-urlencoded") =>
    installation.nobody.ask("POST", `/s/${survey.slug}`, Buffer.from(body), { "content-type": type, "accept-language": "de", "x-forwarded-for": "203.0.113.40" });

  test.each<[string, (survey: Survey) => Promise<{ status: number; text: string }>, number, string]>([
    ["of more than a megabyte", (survey) => postTo(survey, `q.why=${"x".repeat(1_100_000)}`), 413, "Das ist zu viel Text"],
    ["in a form the server cannot read", (survey) => postTo(survey, "irrelevant", "text/nonsense"), 415, "Das hat nicht geklappt"],
    ["whose response belongs to another survey", async (survey) => {
      const id = crypto.randomUUID();
      await postTo(await publish(), `response=${id}&q.nps=9`);
      return postTo(survey, `response=${id}&q.nps=9`);
    }, 409, "Bitte öffnen Sie die Umfrage noch einmal."],
    ["to a survey that takes one answer of each person, given already", async (survey) => {
      await set(survey, { oneAnswerPer: "person" });
      const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "email:once@example.com" })).body);
      const post = () => installation.nobody.ask("POST", `${new URL(url).pathname}${new URL(url).search}`, Buffer.from("q.nps=9"), { "content-type": "application/x-www-form-urlencoded" });
      expect((await post()).status).toBe(303);
      return post();
    }, 409, "yours has been given"],
  ])("%s is a page to read", async (_title, post, status, text) => {
    const reply = await post(await publish());

    expect(reply).toMatchObject({ status, text: expect.stringContaining(text), headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": expect.stringContaining("default-src 'none'") } });
  });
});

describe("a survey with a limit", () => {
  const limited = async (): Promise<Survey> => {
    const survey = await publish();
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { responseLimit: 1 });
    return survey;
  };

  test("is closed for whoever opens it when all places are taken", async () => {
    const survey = await limited();
    expect((await open(`/s/${survey.slug}`)).status).toBe(200);
    await (await submit(`/s/${survey.slug}`, { "q.nps": "9" })).post();

    expect(await open(`/s/${survey.slug}`)).toMatchObject({ status: 410, text: expect.stringContaining("This survey is closed") });
  });

  test("says at the end that the last place was taken meanwhile, and thanks nobody as if counted", async () => {
    const survey = await limited();
    const [first, second] = [await submit(`/s/${survey.slug}`, { "q.nps": "9" }), await submit(`/s/${survey.slug}`, { "q.nps": "2" })];
    await first.post();

    const { status, headers } = await second.post();
    const shown = await open(String(headers["location"]));

    expect({ status, location: headers["location"] }).toEqual({ status: 303, location: `/s/${survey.slug}/thanks?lang=en&ending=*` });
    expect(shown.text).toContain("the last place was taken");
    expect(shown.text).not.toContain("Thank you!</h1>");
    const { body } = await organisation.viewer.ask("GET", `/api/responses?surveyId=${survey.id}`);
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ outcome: "counted" }), expect.objectContaining({ outcome: "over_quota", endingId: null })]) });
  });
});

test("a form of a browser without script needs no proof, and is counted by its address", async () => {
  const survey = await publish();
  await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { protection: { proofOfWork: "light", perAddressHourly: 1 } });

  for (const score of ["9", "8"]) await (await submit(`/s/${survey.slug}`, { "q.nps": score })).post();

  const { rows } = await installation.services.db.query("select flags from feedback.responses where survey_id = $1 order by completed_at", [survey.id]);
  expect(rows.map(({ flags }) => flags)).toEqual([[], ["many_from_one_address"]]);
});

describe("the survey page", () => {
  test("escapes every text and allows only its own script", async () => {
    const evil = `</script><script>alert(1)</script><img src=x onerror=alert(1)> " ' \` --> {{x}}`;
    const survey = await publish(makeDefinition({
      title: { en: evil }, intro: { en: evil }, thanks: { title: { en: evil }, text: { en: evil } },
      questions: [
        { id: "nps", type: "nps", title: { en: evil }, hint: { en: evil }, low: { en: evil }, high: { en: evil }, isRequired: true },
        { id: "pick", type: "single", title: { en: evil }, isRequired: false, options: [{ id: "a", label: { en: evil } }, { id: "b", label: { en: evil }, isOther: true }] },
      ],
    }));

    const pages = [await open(`/s/${survey.slug}?c=${encodeURIComponent(evil)}&touchpoint=${encodeURIComponent(evil)}`), await open(`/s/${survey.slug}/thanks`)];

    for (const { text, headers } of pages) {
      expect(text).not.toMatch(/<script>alert|<img/);
      const nonce = /script-src 'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "none";
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      for (const [tag] of text.matchAll(/<(script(?! type="application\/json")|style)[^>]*>/g)) expect(unescape(tag)).toContain(`nonce="${nonce}"`);
    }
    expect((await (await submit(`/s/${survey.slug}`, { "q.pick": "b", "q.pick.other": evil })).post()).text).not.toMatch(/<script>alert|<img/);
  });

  test("speaks the language of the browser, or the one chosen, in its direction", async () => {
    const survey = await publish(makeDefinition({ languages: ["en", "ar", "pt-BR"], title: { en: "Your view", ar: "رأيك", "pt-BR": "Sua opinião" } }));

    const arabic = (await open(`/s/${survey.slug}`, { "accept-language": "ar-EG,en;q=0.5" })).text;
    const chosen = (await open(`/s/${survey.slug}?lang=pt-BR`, { "accept-language": "ar" })).text;
    const unknown = (await open(`/s/${survey.slug}?lang=xx"><script>`, { "accept-language": "ja" })).text;

    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain("رأيك");
    expect(arabic).toContain("إرسال");
    expect(chosen).toContain('<html lang="pt-BR" dir="ltr">');
    expect(unknown).toContain('<html lang="en" dir="ltr">');
  });

  test("keeps an answer in the language it was given in", async () => {
    const survey = await publish(makeDefinition({ languages: ["en", "ar"] }));

    await (await submit(`/s/${survey.slug}?lang=ar`, { "q.nps": "9" })).post();

    expect(await responses(survey)).toMatchObject([{ language: "ar" }]);
  });

  test.each(["/s/nothing2here", "/s/..%2f..%2fetc%2fpasswd", "/s/%00", "/s/UPPER", "/s/nothing2here/thanks"])("%s is a page that says there is no survey", async (address) => {
    const reply = await open(address);

    expect(reply.status).toBe(404);
    if (address.startsWith("/s/n")) expect(reply.text).toContain("There is no survey here");
  });

  test("weighs at most 20 kB with script and style", async () => {
    const survey = await publish();

    const { text } = await open(`/s/${survey.slug}`);
    const script = await open(/src="([^"]+)"/.exec(text)?.[1] ?? "");

    expect(script.status).toBe(200);
    expect(gzipSync(text).length + gzipSync(script.text).length).toBeLessThanOrEqual(20_000);
  });

  test("travels compressed to a browser that can take it", async () => {
    const survey = await publish();

    const reply = await installation.app.inject({ url: `/s/${survey.slug}`, headers: { "accept-encoding": "gzip, br" } });

    expect(reply.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(reply.rawPayload).toString()).toContain("How likely are you to recommend us?");
  });

  test("of forms is limited per address", async () => {
    const survey = await publish();
    const post = () => installation.nobody.ask("POST", `/s/${survey.slug}`, Buffer.from("q.nps=99"), { "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": "203.0.113.9" });
    let reply = await post();

    for (let n = 0; n < 80 && reply.status !== 429; n += 1) reply = await post();

    expect(reply).toMatchObject({ status: 429, text: expect.stringContaining("Please wait a minute, go back"), headers: { "retry-after": expect.any(String) } });
  });
});
