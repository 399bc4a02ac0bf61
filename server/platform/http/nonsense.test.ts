// Every route of the API description, given what people and programs really send wrong and anything at random:
// a clear refusal or an answer, never a failure of ours.
import fc from "fast-check";
import { afterAll, beforeAll, describe, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { modules } from "../../modules.ts";
import { fillWorkspace } from "./filled-workspace.make.ts";
import type { Route } from "./http.api.ts";
import { valuesLike } from "./schema-values.make.ts";

let firsthand: Installation;
let organisation: Organisation;
const knownIds: string[] = [];

beforeAll(async () => {
  firsthand = await makeInstallation({ environment: { RATE_LIMIT_FACTOR: "100000" } });
  organisation = await firsthand.makeOrganisation();
  await fillIds();
}, 60_000);
afterAll(() => firsthand.stop());

// Things to meet: nonsense about what exists goes deeper into the code than nonsense about nothing.
const fillIds = async (): Promise<void> => {
  knownIds.push(...Object.values(await fillWorkspace(firsthand, organisation)).flatMap((value) => (typeof value === "object" ? [] : [String(value)])));
  for (const route of modules.flatMap((module) => module.routes).filter(({ method, url }) => method === "GET" && !url.includes(":") && url !== "/api/live")) {
    const { text } = await organisation.owner.ask("GET", route.url);
    for (const [, id] of text.matchAll(/"(?:id|customerId|surveyId|workspaceId)":"?([\w-]{1,40})"?/g)) if (id !== undefined) knownIds.push(id);
  }
};

const NASTY = [
  "", " ", "null", "undefined", "true", "-0", "NaN", "1e999", "9".repeat(400), "2026-13-45", "9999-12-31T23:59:59Z", "-infinity", "+010000-01-01T00:00:00Z",
  "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; drop table x;--", "../../etc/passwd", "%", "\\", "{}", "[]", "\u0000", "\ud800", "🦉", "‮", "a".repeat(5_000),
];
const nastyText = fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 40 }), fc.integer().map(String), fc.uuid());
const anyValue = fc.oneof(
  { weight: 3, arbitrary: nastyText },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, -1, 1e308, 5e-324, [], {}, [[[[[]]]]]) },
);
// Mostly of the right shape with something wrong in one place, because all nonsense at once is refused by the first field.
const inputLike = (schema: unknown): fc.Arbitrary<unknown> => {
  const known = fc.constantFrom(...knownIds);
  const leaves = { wrong: anyValue, text: fc.oneof(nastyText, known), id: fc.oneof({ weight: 1, arbitrary: nastyText }, { weight: 9, arbitrary: known }) };
  return fc.oneof({ weight: 1, arbitrary: anyValue }, { weight: 5, arbitrary: valuesLike(schema, leaves) });
};
const wordsOf = (query: unknown): string =>
  new URLSearchParams(Object.entries(Object(query)).map(([name, value]): [string, string] => [name, String(value ?? "").toWellFormed()])).toString();

const RUNS = 40;
// Loading the demo is long work that is started by any request; it has tests of its own.
const routes = modules.flatMap((module) => module.routes).filter((route) => route.url !== "/api/live" && !route.url.startsWith("/api/demo"));

describe("nonsense", () => {
  test.each(routes.map((route) => [route.method, route.url, route] as const))("at %s %s is refused or answered", async (_method, _url, route: Route) => {
    // Some routes sign out or delete: each has a signed-in owner of its own.
    const session = await firsthand.makeMember(organisation, "owner");
    const id = fc.oneof(nastyText, fc.constantFrom(...knownIds));
    await fc.assert(
      fc.asyncProperty(fc.array(id, { minLength: 4, maxLength: 4 }), inputLike(route.body), inputLike(route.query), async (ids, body, query) => {
        let place = 0;
        const path = route.url.replace(/:\w+/g, () => encodeURIComponent((ids[place++] ?? "").toWellFormed()).slice(0, 300) || "x");
        const words = wordsOf(query);
        const payload = route.method === "GET" ? undefined : route.upload ? Buffer.from(JSON.stringify(body) ?? "") : JSON.stringify(body);
        const reply = await session.ask(route.method, `${path}?${words}`, payload, route.upload ? { "content-type": "application/octet-stream" } : { "content-type": "application/json" });
        if (reply.status >= 500) throw new Error(`${reply.status} for ${route.method} ${path}?${words} with ${JSON.stringify(body)}: ${reply.text.slice(0, 300)}`);
        if (reply.status === 401 && route.url !== "/api/session" && !("public" in route.access)) throw new Error("The test has signed itself out and shows nothing.");
      }),
      { numRuns: RUNS, seed: 20_261_121 },
    );
  });
});
