import { z } from "zod";
import type { ModuleManifest } from "../manifest/manifest.api.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

/** The API description (OpenAPI 3.1), made from the very schemas that check requests. */
export const describeApi = (modules: readonly ModuleManifest[], version: string): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const module of modules)
    for (const route of module.routes) {
      const path = route.url.replace(/:(\w+)/g, "{$1}");
      const operations = paths[path] ?? {};
      operations[route.method.toLowerCase()] = describeRoute(route);
      paths[path] = operations;
    }
  const errors = modules.flatMap((module) => module.errors);
  return {
    openapi: "3.1.0",
    info: {
      title: "Firsthand API",
      version,
      description: `Send a key in the header \`Authorization: Bearer fhk_...\`. Every refusal is JSON: \`{"error": {"code", "message", "details"}}\`.\n\nCodes: ${errors
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
      },
    },
  };
};

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
    "This page is written by `npm run check -- --write` from what the code declares.",
    "",
    "| Code | Status | Meaning |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
};

const describeRoute = (route: Route): Json => ({
  summary: route.summary,
  tags: [route.tag],
  operationId: `${route.method.toLowerCase()}${route.url.replace(/^\/api/, "").replace(/[/:_-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  ...("public" in route.access ? { security: [], description: `Open to everybody: ${route.access.public}` } : {}),
  ...("ability" in route.access ? { description: `Needs the ability \`${route.access.ability}\`.` } : {}),
  parameters: [...describeParameters("path", route.params), ...describeParameters("query", route.query)],
  ...describeBody(route),
  responses: {
    [route.status]: describeReply(route),
    default: { description: "A refusal.", content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
  },
});

const describeBody = (route: Route): Json => {
  if (route.upload) return { requestBody: { required: true, content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } };
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: toSchema(route.body, "input") } } } };
};

const describeReply = (route: Route): Json => {
  const contentType = route.reply.meta()?.["contentType"];
  if (typeof contentType === "string") return { description: "The file.", content: { [contentType]: { schema: { type: "string", format: "binary" } } } };
  if (route.status === 204) return { description: "Done." };
  return { description: "Done.", content: { "application/json": { schema: toSchema(route.reply, "output") } } };
};

const describeParameters = (place: "path" | "query", schema: z.ZodType | undefined): Json[] => {
  if (schema === undefined) return [];
  const shape = toSchema(schema, "input");
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

const toSchema = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" });
  return rest;
};
