import type { Actor } from "#platform/access";
import { AppError, createLimiter, noteFailure } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { Services } from "#platform/services";
import { findApiKey } from "#people";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { changeResponse, createResponse, getResponse, requireAbilityOfKey } from "./delighted-responses.ts";
import * as contract from "./delighted.contract.ts";
import { AUTOPILOT_SECONDS, cancelFor, createPerson, delightedErrors, findNamed, findReadSurvey, personOfMembership, projectOf, removePerson, unsubscribePerson } from "./delighted.ts";
import * as queries from "./delighted.queries.ts";
import { nextLink, shownListedPerson, shownMembership, shownMetrics, shownPerson, shownResponse } from "./shapes.rules.ts";

const LIMIT_PER_MINUTE = 600;
/** Clients that only change their host ask under /v1, others can be given a base of their own. */
const BASES = ["/v1", "/delighted/v1"];

type Context = { services: Services; actor: Actor; request: FastifyRequest; reply: FastifyReply; query: URLSearchParams; params: Record<string, string> };
type Handler = (context: Context) => Promise<unknown>;

/** The interface of Delighted, version 1, for programs written for it. */
export const delightedRoutes: RawRoutes = async (app, services) => {
  const limiter = createLimiter();
  for (const base of BASES) {
    await app.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) => answerError(noteFailure(services, error, request), reply));
      addRoutes(scope, async (request, reply, ability, handler) => {
        const actor = await authenticate(services, request);
        const waitSeconds = limiter(actor.keyId ?? request.ip, LIMIT_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
        if (waitSeconds > 0) {
          reply.header("retry-after", String(waitSeconds));
          throw new AppError("too_many_requests", 429, "Too many requests.");
        }
        requireAbilityOfKey(actor, ability);
        if (!/json|\*\/\*/.test(request.headers.accept ?? "*/*")) throw delightedErrors.refuse("format_not_supported", "Only JSON is supported.");
        const params = z.record(z.string(), z.string()).parse(request.params ?? {});
        return reply.header("cache-control", "no-store").send(await handler({ services, actor, request, reply, query: new URLSearchParams(request.url.split("?")[1] ?? ""), params }));
      });
    }, { prefix: base });
  }
};

type Run = (request: FastifyRequest, reply: FastifyReply, ability: string, handler: Handler) => Promise<unknown>;
const noScores = { promoters: 0, passives: 0, detractors: 0 };
const READ = "responses.read";
const WRITE = "distributions.write";

const addRoutes = (app: FastifyInstance, run: Run): void => {
  const add = (method: "GET" | "POST" | "PUT" | "DELETE", path: string, ability: string, handler: Handler): void => {
    // Some clients end addresses with .json; a name in the address may hold dots of its own.
    for (const url of path.endsWith(":name") ? [path] : [path, `${path}.json`]) {
      app.route({ method, url, handler: (request, reply) => run(request, reply, ability, handler) });
    }
  };
  add("POST", "/people", WRITE, postPerson);
  add("PUT", "/people", WRITE, postPerson);
  add("GET", "/people", READ, listPeople);
  add("GET", "/people/:name", READ, async (context) => shownPerson(await namedPerson(context)));
  add("DELETE", "/people/:name", WRITE, async (context) => {
    await removePerson(context.services, context.actor, await namedPerson(context));
    context.reply.code(202);
    return { ok: true };
  });
  add("DELETE", "/people/:person/survey_requests/pending", WRITE, async ({ services, actor, params }) => {
    await cancelFor(services, actor, params["person"] ?? "");
    return { ok: true };
  });
  add("POST", "/survey_responses", WRITE, async (context) => {
    context.reply.code(201);
    return showOne(context, await createResponse(context.services, context.actor, read(contract.ResponseBody, context.request.body)));
  });
  add("GET", "/survey_responses", READ, listResponses);
  add("GET", "/survey_responses/:name", READ, async (context) => showOne(context, await getResponse(context.services, context.actor, responseId(context.params["name"]))));
  add("PUT", "/survey_responses/:name", WRITE, (context) => putResponse(context, responseId(context.params["name"])));
  // The client for Node saves to the address of the list, with the id in the body.
  add("PUT", "/survey_responses", WRITE, (context) => putResponse(context, read(contract.ChangedResponseBody, context.request.body).id ?? ""));
  add("GET", "/metrics", READ, async ({ services, actor, query }) => {
    const { since, until } = periodIn(query);
    const surveyId = await findReadSurvey(services, actor);
    return shownMetrics(surveyId === null ? noScores : await queries.countScores(services.db, actor.workspaceId, { surveyId, since, until }));
  });
  add("GET", "/unsubscribes", READ, (context) => listStopped(context, "unsubscribed"));
  add("GET", "/bounces", READ, (context) => listStopped(context, "bounced"));
  add("POST", "/unsubscribes", WRITE, async ({ services, actor, request }) => {
    await unsubscribePerson(services, actor, read(contract.UnsubscribeBody, request.body).person_email);
    return { ok: true };
  });
  for (const platform of ["email", "sms"] as const) addAutopilot(add, platform);
};

const addAutopilot = (add: (method: "GET" | "POST" | "DELETE", path: string, ability: string, handler: Handler) => void, platform: "email" | "sms"): void => {
  add("GET", `/autopilot/${platform}`, READ, async () => ({ platform_id: platform, active: true, frequency: AUTOPILOT_SECONDS, created_at: 0, updated_at: 0 }));
  add("GET", `/autopilot/${platform}/memberships`, READ, async ({ services, actor, query, request, reply }) => {
    const { per_page: limit } = pagingIn(query);
    const person = query.has("person_id") || query.has("person_email") || query.has("person_phone_number")
      ? await personOfMembership(services, actor, read(contract.MembershipBody, Object.fromEntries(query)))
      : null;
    const rows = await queries.listMemberships(services.db, actor.workspaceId, { platform, personId: person?.id ?? null, after: Number(query.get("after") ?? 0) || 0, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    if (rows.length > limit) reply.header("link", nextLink(addressOf(services, request), { after: String(shown.at(-1)?.personId ?? 0) }));
    const people = await Promise.all(shown.map(({ personId }) => queries.findPerson(services.db, actor.workspaceId, { id: personId })));
    return shown.flatMap((row, place) => {
      const found = people[place] ?? null;
      return found === null ? [] : [shownMembership(row, found)];
    });
  });
  add("POST", `/autopilot/${platform}/memberships`, WRITE, async ({ services, actor, request, reply }) => {
    const body = read(contract.MembershipBody, request.body);
    await projectOf(services, actor);
    const person = await personOfMembership(services, actor, body);
    reply.code(201);
    const row = await queries.upsertMembership(services.db, actor.workspaceId, { platform, personId: person.id, properties: body.properties ?? {}, at: services.clock.now() });
    return shownMembership(row, person);
  });
  add("DELETE", `/autopilot/${platform}/memberships`, WRITE, async ({ services, actor, query, request }) => {
    const body = z.looseObject({}).safeParse(request.body ?? {}).data ?? {};
    const person = await personOfMembership(services, actor, read(contract.MembershipBody, { ...body, ...Object.fromEntries(query) }));
    const row = await queries.deleteMembership(services.db, actor.workspaceId, platform, person.id);
    return row === null ? { person: shownPerson(person) } : shownMembership(row, person);
  });
};

const postPerson: Handler = async ({ services, actor, request, reply }) => {
  const { person, scheduledAt } = await createPerson(services, actor, read(contract.PersonBody, request.body));
  reply.code(201);
  return { ...shownPerson(person), survey_scheduled_at: scheduledAt === null ? null : Math.floor(scheduledAt.getTime() / 1000) };
};

// People are read on by the last number seen: one who is added meanwhile moves nobody to another page.
const listPeople: Handler = async ({ services, actor, query, request, reply }) => {
  const { per_page: limit, page } = pagingIn(query);
  const after = Number(query.get("after") ?? 0) || 0;
  const filter = { only: "all" as const, id: null, email: query.get("email"), ...periodIn(query), offset: after > 0 ? 0 : (page - 1) * limit, after, limit: limit + 1 };
  const rows = await queries.listPeople(services.db, actor.workspaceId, filter);
  const shown = rows.slice(0, limit);
  if (rows.length > limit) reply.header("link", nextLink(addressOf(services, request), { after: String(shown.at(-1)?.id ?? 0) }));
  return shown.map(shownListedPerson);
};

const listStopped = async ({ services, actor, query }: Context, only: "unsubscribed" | "bounced"): Promise<unknown> => {
  const { per_page: limit, page } = pagingIn(query);
  const rows = await queries.listPeople(services.db, actor.workspaceId, { only, id: null, email: null, ...periodIn(query), offset: (page - 1) * limit, after: 0, limit });
  const seconds = (at: Date | null): number => Math.floor((at?.getTime() ?? 0) / 1000);
  return rows.map(({ id, email, name, stoppedAt, bouncedAt }) => ({
    person_id: String(id), email, name, ...(only === "bounced" ? { bounced_at: seconds(bouncedAt) } : { unsubscribed_at: seconds(stoppedAt) }),
  }));
};

const listResponses: Handler = async (context) => {
  const { services, actor, query } = context;
  const { per_page: limit, page } = pagingIn(query);
  const email = query.get("person_email");
  const person = query.has("person_id") ? await findNamed(services.db, actor.workspaceId, query.get("person_id") ?? "") : email === null ? undefined : await findNamed(services.db, actor.workspaceId, `email:${email}`);
  if (person === null) return [];
  const surveyId = await findReadSurvey(services, actor);
  if (surveyId === null) return [];
  const updatedSince = Number(query.get("updated_since"));
  const rows = await queries.listScoredResponses(services.db, actor.workspaceId, {
    surveyId, id: null, personId: person?.id ?? null, ...periodIn(query),
    updatedSince: query.has("updated_since") && Number.isFinite(updatedSince) ? new Date(updatedSince * 1000) : null,
    isDescending: query.get("order") === "desc", offset: (page - 1) * limit, limit,
  });
  return rows.map((row) => showOne(context, row));
};

const putResponse = async (context: Context, id: string): Promise<unknown> =>
  showOne(context, await changeResponse(context.services, context.actor, responseId(id), read(contract.ChangedResponseBody, context.request.body)));

const showOne = ({ services, query }: Pick<Context, "services" | "query">, row: contract.ListedResponse): Record<string, unknown> => {
  const expanded = [...query.getAll("expand[]"), ...query.getAll("expand"), query.get("expand[0]")].includes("person");
  return shownResponse(row, { isExpanded: expanded, permalink: `${services.baseUrl()}/responses/${row.id}` });
};

const namedPerson = async ({ services, actor, params }: Context): Promise<contract.PersonRow> => {
  const found = await findNamed(services.db, actor.workspaceId, (params["name"] ?? "").replace(/^(\d+)\.json$/, "$1"));
  if (found === null) throw new AppError("not_found", 404, "There is no such person.");
  return found;
};

const responseId = (text: string | undefined): string => {
  const id = z.uuid().safeParse((text ?? "").replace(/\.json$/, "")).data;
  if (id === undefined) throw new AppError("not_found", 404, "There is no such survey response.");
  return id;
};

const addressOf = (services: Services, request: FastifyRequest): URL => new URL(request.url, request.headers.host === undefined ? services.baseUrl() : `${request.protocol}://${request.headers.host}`);
const pagingIn = (query: URLSearchParams): contract.Paging => read(contract.Paging, Object.fromEntries(query));
const periodIn = (query: URLSearchParams): { since: Date | null; until: Date | null } => {
  const { since, until } = pagingIn(query);
  return { since: since == null ? null : new Date(since * 1000), until: until == null ? null : new Date(until * 1000) };
};

const read = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const details = Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? "base"), [issue.message]]));
  throw delightedErrors.refuse("attribute_not_valid", "Some attributes are missing or not valid.", details);
};

// HTTP Basic: the key is the user, the password is empty.
const authenticate = async (services: Services, request: FastifyRequest): Promise<Actor> => {
  const encoded = /^Basic ([A-Za-z0-9+/=]{4,600})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const token = Buffer.from(encoded, "base64").toString("utf8").split(":")[0] ?? "";
  const key = token === "" ? null : await findApiKey(services, token);
  if (key === null) throw new AppError("not_signed_in", 401, "Send an API key as the user of HTTP Basic authentication.");
  return { kind: "key", workspaceId: key.workspaceId, memberId: null, keyId: key.keyId, role: null, abilities: new Set(key.abilities) };
};

const answerError = ({ status, message, details }: AppError, reply: FastifyReply): FastifyReply => {
  const errors = typeof details === "object" && details !== null ? details : undefined;
  return reply.code(status).send({ status, message, ...(errors === undefined ? {} : { errors }) });
};
