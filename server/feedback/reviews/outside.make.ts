// A server on this machine that stands for every source, and a product that may ask it.
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { page } from "#platform/http";
import { expect } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { Review } from "./reviews.contract.ts";
import { CreatedReviewSource, ReviewSource } from "./sources.contract.ts";
import { recorded } from "./sources.make.ts";

export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
export type Said = { status?: number; headers?: Record<string, string>; body?: unknown };
/** What was asked so far, and what is answered from now on. */
export type Outside = { asked: Asked[]; answer: (asked: Asked) => Said; url: string; stop: () => void };

export const makeOutside = async (): Promise<Outside> => {
  const outside: Outside = { asked: [], answer: () => ({ status: 404 }), url: "", stop: () => undefined };
  const server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => { body += String(piece); });
    request.on("end", () => {
      const asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      outside.asked.push(asked);
      const said = outside.answer(asked);
      reply.writeHead(said.status ?? 200, said.headers ?? {}).end(said.body === undefined ? "" : typeof said.body === "string" ? said.body : JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const address = server.address();
  outside.url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  outside.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return outside;
};

/** @param clock read at every look at the time
 *  @param allowed further hosts of this machine that may be asked */
export const makeReviewInstallation = (outside: Outside, clock: { at: number }, allowed: readonly string[] = []): Promise<Installation> =>
  makeInstallation({ clock: { now: () => new Date(clock.at) }, environment: { OUTSIDE_HOSTS_ALLOWED: [new URL(outside.url).host, ...allowed].join(","), RATE_LIMIT_FACTOR: "20" } });

export const trustpilot = (outside: Outside) => ({ kind: "trustpilot", settings: { businessUnitId: "bu1", server: outside.url }, secrets: { apiKey: "key-1", apiSecret: "irrelevant-secret-word" } });

export const answerTrustpilot = (reviews: unknown, replyStatus = 201) => (asked: Asked): Said => {
  if (asked.url.includes("/accesstoken")) return { body: { access_token: "token-1" } };
  if (asked.url.endsWith("/reply")) return { status: replyStatus };
  return { body: { ...recorded.trustpilot, reviews } };
};

/** What tests do with the sources and reviews of an organisation. */
export const makeReviewing = (installation: Installation, organisation: Organisation) => {
  const rows = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> => (await installation.services.db.query<Row>(sql, [organisation.workspaceId])).rows;
  return {
    rows,
    add: async (given: Record<string, unknown>): Promise<CreatedReviewSource> => {
      const reply = await organisation.manager.ask("POST", "/api/review-sources", { name: "Irrelevant name", ...given });
      expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 201 });
      return CreatedReviewSource.parse(reply.body);
    },
    poll: async (id: string): Promise<ReviewSource> => ReviewSource.parse((await organisation.manager.ask("POST", `/api/review-sources/${id}/polls`)).body),
    list: async (query = ""): Promise<Review[]> => page(Review).parse((await organisation.agent.ask("GET", `/api/reviews?${query}`)).body).items,
    perceptions: () => rows<{ kind: string; value: number | null; text: string | null; subject: string | null; normalised: number | null }>(
      "select kind, value, text, subject, normalised, source, channel from customers.perceptions where workspace_id = $1 order by at, seq"),
    interactions: () => rows<{ name: string; subject: string | null }>("select name, subject, type, source, channel from customers.interactions where workspace_id = $1 and type = 'review' order by at, seq"),
    events: () => rows<{ payload: Record<string, unknown> }>("select payload from platform.events where workspace_id = $1 and name = 'review.received' order by id"),
    makeCustomer: async (userId: string, traits: Record<string, unknown>, externalIds: unknown[] = []): Promise<string> => {
      const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
      await installation.nobody.ask("POST", "/v1/identify", { userId, messageId: crypto.randomUUID(), traits, context: { externalIds }, timestamp: "2027-01-01T00:00:00Z" }, { authorization });
      await installation.settle();
      const found = await rows<{ id: string }>(`select assignment.customer_id as id from customers.assignments assignment join customers.identifiers identifier on identifier.id = assignment.identifier_id
        where identifier.workspace_id = $1 and identifier.kind = 'user' and identifier.value = '${userId}'`);
      return found[0]?.id ?? "";
    },
  };
};
