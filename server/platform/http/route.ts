import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import { z } from "zod";
import type { Actor } from "../access/access.api.ts";
import type { Services } from "../services/services.api.ts";
import { describeUnknownField, findUnknownFields } from "./unknown-fields.ts";

/** Who may use a route: members and keys with an ability, anybody signed in, or everybody (say why). */
export type Access = { ability: string } | { signedIn: true } | { public: string };

/** Requests a minute from one address (public routes) or one actor. */
export type RouteLimit = { perMinute: number };

export type RouteContext<Params, Query, Body> = {
  actor: Actor;
  services: Services;
  params: Params;
  query: Query;
  body: Body;
  request: FastifyRequest;
  reply: FastifyReply;
};

type Input = z.ZodType;

type RouteSpec<Params extends Input, Query extends Input, Body extends Input, Reply extends Input> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `:name` for parameters. */
  url: string;
  summary: string;
  tag: string;
  access: Access;
  params?: Params;
  query?: Query;
  /** JSON, unless `upload` is set: then the body is a stream of bytes and `body` is left out. */
  body?: Body;
  upload?: true;
  reply: Reply;
  status?: 200 | 201 | 202 | 204;
  limit?: RouteLimit;
  answer: (context: RouteContext<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<z.input<Reply>>;
};

/** A route with its types folded away, as the server and the API description need it. */
export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  summary: string;
  tag: string;
  access: Access;
  params: Input | undefined;
  query: Input | undefined;
  body: Input | undefined;
  upload: boolean;
  reply: Input;
  status: number;
  limit: RouteLimit | undefined;
  run: (given: { params: unknown; query: unknown; body: unknown; actor: Actor; services: Services; request: FastifyRequest; reply: FastifyReply }) => Promise<unknown>;
};

/** Routes that need the bare server: wire formats of others, streams. They do their own checks. */
export type RawRoutes = (app: FastifyInstance, services: Services) => void | Promise<void>;

/** Declares a route. Its schemas check what comes in, describe it in the API description and give the handler its types. */
export const defineRoute = <
  Params extends Input = z.ZodUndefined,
  Query extends Input = z.ZodUndefined,
  Body extends Input = z.ZodUndefined,
  Reply extends Input = z.ZodUndefined,
>(
  spec: RouteSpec<Params, Query, Body, Reply>,
): Route => ({
  method: spec.method,
  url: spec.url,
  summary: spec.summary,
  tag: spec.tag,
  access: spec.access,
  params: spec.params,
  query: spec.query,
  body: spec.body,
  upload: spec.upload === true,
  reply: spec.reply,
  status: spec.status ?? 200,
  limit: spec.limit,
  run: async (given) => {
    const read = readInput(spec, given);
    return spec.answer({ actor: given.actor, services: given.services, request: given.request, reply: given.reply, ...read });
  },
});

/** Input that does not fit its schemas. The server turns it into `invalid_input`. */
export class InputError extends Error {
  readonly fields: { field: string; problem: string }[];
  constructor(fields: { field: string; problem: string }[]) {
    super(`The request does not fit: ${fields.map(({ field, problem }) => `${field} ${problem}`).join("; ")}.`);
    this.name = "InputError";
    this.fields = fields;
  }
}

/** Where browsers of customers ask. What they send is not always ours: widgets kept in a browser may be older or newer, and links carry what others hang on. */
export const OPEN_PATH = "/api/public/";
const PROBLEMS_SAID = 20;

const readInput = <Params extends Input, Query extends Input, Body extends Input, Reply extends Input>(
  spec: RouteSpec<Params, Query, Body, Reply>,
  given: { params: unknown; query: unknown; body: unknown },
): { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> } => {
  const isTolerant = spec.url.startsWith(OPEN_PATH);
  return {
    params: readPart({ where: "path", schema: spec.params, value: given.params, isTolerant: true }),
    query: readPart({ where: "query", schema: spec.query, value: given.query, isTolerant }),
    body: readPart({ where: "body", schema: spec.body, value: given.body, isTolerant: isTolerant || spec.upload === true }),
  };
};

type Part<Schema> = { where: string; schema: Schema | undefined; value: unknown; isTolerant: boolean };

// A part without a schema is typed `undefined`, and `undefined` is what its handler gets.
const readPart = <Schema extends Input>({ where, schema, value, isTolerant }: Part<Schema>): z.output<Schema> => {
  // A filter that is misspelt and dropped would give the figures of everything, and nobody would know.
  const unknown = isTolerant ? [] : findUnknownFields(schema ?? nothing, value, PROBLEMS_SAID);
  const parsed = schema === undefined ? z.custom<z.output<Schema>>(() => true).safeParse(undefined) : schema.safeParse(value ?? {});
  if (parsed.success && unknown.length === 0) return parsed.data;
  // Of fields that are unknown the schema speaks too where it is strict; they are said once, in the same words everywhere.
  const others = parsed.success ? [] : parsed.error.issues.filter((issue) => unknown.length === 0 || issue.code !== "unrecognized_keys");
  throw new InputError(
    [...unknown.map((field) => ({ path: field.path, problem: describeUnknownField(field) })), ...others.map(({ path, message }) => ({ path, problem: message }))]
      .slice(0, PROBLEMS_SAID)
      .map(({ path, problem }) => ({ field: [where, ...path].map((step) => String(step).slice(0, LONGEST_NAME_SAID)).join("."), problem })),
  );
};

const LONGEST_NAME_SAID = 100;
const nothing = z.object({});

/** A file as the answer of a route: exports, downloads. */
export class FileReply {
  readonly contentType: string;
  readonly fileName: string;
  readonly body: Readable | string | Buffer;
  /** Its address gives the same bytes for ever, so that browsers may keep it. */
  readonly isFixed: boolean;
  constructor(file: { contentType: string; fileName: string; body: Readable | string | Buffer; isFixed?: boolean }) {
    this.contentType = file.contentType;
    this.fileName = file.fileName;
    this.body = file.body;
    this.isFixed = file.isFixed ?? false;
  }
}

/** The reply schema of a route that answers with a file. */
export const fileReply = (contentType: string): z.ZodType<FileReply, FileReply> =>
  z.instanceof(FileReply).meta({ id: `File ${contentType}`, contentType });

/** The reply schema of a list: a page of items and the cursor of the next page. */
export const page = <Item extends Input>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
