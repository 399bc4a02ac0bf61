import { z } from "zod";
import type { ModuleManifest } from "../manifest/manifest.api.ts";
import { OPEN_PATH } from "./route.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

/** The API description (OpenAPI 3.1), made from the very schemas that check requests. */
export const describeApi = (modules: readonly ModuleManifest[], version: string): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  const named: Named = new Map();
  for (const module of modules)
    for (const route of module.routes) {
      const path = route.url.replace(/:(\w+)/g, "{$1}");
      const operations = paths[path] ?? {};
      operations[route.method.toLowerCase()] = describeRoute(route, named);
      paths[path] = operations;
    }
  const errors = modules.flatMap((module) => module.errors);
  return {
    openapi: "3.1.0",
    info: {
      title: "Firsthand API",
      version,
      description: `Send a key in the header \`Authorization: Bearer fhk_...\`. Every refusal is JSON: \`{"error": {"code", "message", "details"}}\`. A field that an address does not know is refused, with the one that was likely meant, in bodies and behind the question mark; only addresses under \`${OPEN_PATH}\` read past it.\n\nCodes: ${errors
        .map((error) => `\`${error.code}\` (${error.status}) ${error.meaning}`)
        .join(" · ")}`,
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { session: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => (one < other ? -1 : 1))),
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key made under Settings, Keys." },
        session: { type: "apiKey", in: "cookie", name: "fh_session", description: "The web app's session; changes also need the header x-csrf-token." },
      },
      schemas: {
        Error: {
          type: "object",
          required: ["error"],
          properties: {
            error: {
              type: "object",
              required: ["code", "message"],
              properties: { code: { type: "string", enum: errors.map((error) => error.code).sort() }, message: { type: "string" }, details: { type: "object" } },
            },
          },
        },
        ...Object.fromEntries([...named].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      },
    },
  };
};

/** Shapes that stand once, by their name, and are pointed at wherever they are part of another. */
type Named = Map<string, unknown>;

/** The error catalogue as a page of the guides, made from what the code declares. */
export const describeErrors = (modules: readonly ModuleManifest[]): string => {
  const rows = modules
    .flatMap((module) => module.errors)
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map(({ code, status, meaning }) => `| \`${code}\` | ${status} | ${meaning} |`);
  return [
    "# Refusals and their codes",
    "",
    'Every refusal is JSON: `{"error": {"code", "message", "details"}}`. The code is stable: programs go by it. The message is for people and may change.',
    "",
    'A field that an address does not know is `invalid_input` too, in a body as behind the question mark: `query.chanel is unknown (did you mean "channel"?)`. So a misspelt filter never gives the figures of everything. `details.fields` lists up to twenty',
    'as `{"field", "problem"}`. Addresses under `/api/public/`, collecting addresses (`/v1/…`), stand-ins for other tools and pages that people open read past what they do not know.',
    "",
    "This page is written by `npm run check -- --write` from what the code declares.",
    "",
    "| Code | Status | Meaning |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
};

const describeRoute = (route: Route, named: Named): Json => ({
  summary: route.summary,
  tags: [route.tag],
  operationId: `${route.method.toLowerCase()}${route.url.replace(/^\/api/, "").replace(/[/:_-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  ...("public" in route.access ? { security: [], description: `Open to everybody: ${route.access.public}` } : {}),
  ...("ability" in route.access ? { description: `Needs the ability \`${route.access.ability}\`.` } : {}),
  parameters: [...describeParameters("path", route.params, named), ...describeParameters("query", route.query, named)],
  ...describeBody(route, named),
  responses: {
    [route.status]: describeReply(route, named),
    default: { description: "A refusal.", content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
  },
});

const describeBody = (route: Route, named: Named): Json => {
  if (route.upload) return { requestBody: { required: true, content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } };
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: toSchema(route.body, route.url.startsWith(OPEN_PATH) ? "OpenInput" : "Input", named) } } } };
};

const describeReply = (route: Route, named: Named): Json => {
  const contentType = route.reply.meta()?.["contentType"];
  if (typeof contentType === "string") return { description: "The file.", content: { [contentType]: { schema: { type: "string", format: "binary" } } } };
  if (route.status === 204) return { description: "Done." };
  return { description: "Done.", content: { "application/json": { schema: toSchema(route.reply, "", named) } } };
};

const describeParameters = (place: "path" | "query", schema: z.ZodType | undefined, named: Named): Json[] => {
  if (schema === undefined) return [];
  const shape = toSchema(schema, "OpenInput", named);
  const required = new Set(Array.isArray(shape["required"]) ? shape["required"] : []);
  const properties = shape["properties"];
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).map(([name, value]: [string, unknown]) => ({
    name,
    in: place,
    required: place === "path" || required.has(name),
    schema: value,
  }));
};

/** How a shape is told: as it is answered, as it is asked, or as it is asked where unknown fields are read past. The same shape differs, by what may be left out. */
type Manner = "" | "Input" | "OpenInput";

const DEFINITIONS = "#/$defs/";

/** What has a name (`.meta({ id })`) is put among the named shapes, under it and the manner. */
const toSchema = (schema: z.ZodType, manner: Manner, named: Named): Json => {
  const { $schema: _, $defs: definitions, ...rest } = manner === "Input" ? toClosedSchema(schema) : z.toJSONSchema(schema, { io: manner === "" ? "output" : "input", unrepresentable: "any", reused: "inline" });
  const pointed = (part: unknown): unknown => (Array.isArray(part) ? part.map(pointed) : typeof part === "object" && part !== null ? fieldsOf(part) : part);
  const fieldsOf = (part: object): Json =>
    Object.fromEntries(Object.entries(part).map(([key, value]: [string, unknown]) => [key, key === "$ref" && typeof value === "string" ? `${value.replace(DEFINITIONS, "#/components/schemas/")}${manner}` : pointed(value)]));
  for (const [name, definition] of Object.entries(definitions ?? {})) named.set(`${name}${manner}`, pointed(definition));
  return fieldsOf(rest);
};

/** The shape of a request whose unknown fields are refused, with nothing left open that the schema does not leave open. */
export const toClosedSchema = (schema: z.ZodType): Json & { $defs?: Record<string, unknown> } =>
  z.toJSONSchema(schema, {
    io: "input", unrepresentable: "any", reused: "inline",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) jsonSchema.additionalProperties = false;
    },
  });
