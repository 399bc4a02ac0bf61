// Is what gets installed the same everywhere, and for every platform?
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { listMissingPackages } from "./complete-lock.ts";
import type { Problem } from "./problem.ts";

const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ workspaces: z.array(z.string()).default([]), dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions });
const Lock = z.object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional(), optionalDependencies: Versions })) });

// Also of a package under another name, for a second version of one.
const EXACT = /^(npm:[@\w/.-]+@)?\d+\.\d+\.\d+([-+][\w.-]+)?$/;

/** Checks the manifests of all workspaces and the lock file under a folder. */
export const checkPackages = (root: string): Problem[] => {
  const workspaces = ["", ...readManifest(root, "").workspaces].filter((folder) => existsSync(join(root, folder, "package.json")));
  const lock = Lock.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  return [...workspaces.flatMap((folder) => checkVersions(root, folder)), ...checkPlatforms(lock), ...checkSources(lock)];
};

const readManifest = (root: string, folder: string): z.infer<typeof Manifest> => Manifest.parse(JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")));

const checkVersions = (root: string, folder: string): Problem[] => {
  const { dependencies, devDependencies, optionalDependencies } = readManifest(root, folder);
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => ({ rule: "exact-versions", path: join(folder, "package.json"), message: `${name} has the version "${version}"; state exactly one` }));
};

const checkPlatforms = (lock: z.infer<typeof Lock>): Problem[] => {
  const missing = [...listMissingPackages(lock).keys()];
  if (missing.length === 0) return [];
  const message = `lacks ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}, so npm ci fails. Run: node tools/run.mjs tools/complete-lock.ts`;
  return [{ rule: "lock-holds-every-platform", path: "package-lock.json", message }];
};

const checkSources = (lock: z.infer<typeof Lock>): Problem[] =>
  Object.values(lock.packages).some(({ resolved }) => resolved?.startsWith("http") === true)
    ? [{ rule: "lock-names-no-host", path: "package-lock.json", message: "names download addresses; .npmrc has omit-lockfile-registry-resolved=true, so write it anew" }]
    : [];
