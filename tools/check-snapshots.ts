// Do the generated descriptions, of tables, API and refusals, match the code? They lie in the repository so that a changed contract shows in review.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, describeSchema, migrate } from "../server/platform/db/db.api.ts";
import { startEmbeddedPostgres } from "../server/platform/db/embedded-postgres.ts";
import { MODULES } from "./modules.ts";
import type { Problem } from "./problem.ts";

/** The tables as all migrations make them, on a database made for the purpose. */
export const describeTables = async (root: string): Promise<string> => {
  const dataDir = mkdtempSync(join(tmpdir(), "firsthand-schema-"));
  const silent = { info: () => undefined, warn: () => undefined };
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent });
  try {
    const db = connect(postgres.connectionString, () => undefined, 2);
    await migrate(db, join(root, "server"));
    const text = await describeSchema(db, MODULES);
    await db.close();
    return text;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** The API as the modules declare it. They are loaded only when asked for: with one that does not load, the other checks still run. */
export const describeRoutes = async (root: string): Promise<string> => {
  const [{ modules }, { describeApi }] = await Promise.all([import("../server/modules.ts"), import("../server/platform/http/openapi.ts")]);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${JSON.stringify(describeApi(modules, String(version)), null, 2)}\n`;
};

/** Everything the modules refuse, as the guide lists it. */
export const describeRefusals = async (): Promise<string> => {
  const [{ modules }, { describeErrors }] = await Promise.all([import("../server/modules.ts"), import("../server/platform/http/openapi.ts")]);
  return describeErrors(modules);
};

/** Compares a generated text with its file, or writes it. */
export const compareSnapshot = (root: string, path: string, text: string, isWriting: boolean): Problem[] => {
  const file = join(root, path);
  const known = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (known === text) return [];
  if (isWriting) {
    writeFileSync(file, text);
    return [];
  }
  return [{ rule: "snapshot-up-to-date", path, message: `does not match the code (${firstDifference(known, text)}). Run: npm run check -- --write` }];
};

const SHOWN_CHARACTERS = 160;

const firstDifference = (known: string, text: string): string => {
  const [old, now] = [known.split("\n"), text.split("\n")];
  const line = now.findIndex((one, place) => one !== old[place]);
  if (line === -1) return `${old.length - now.length} lines too many`;
  const [was = "", is = ""] = [old[line], now[line]];
  // A line may be very long: shown is what stands around the first character that differs.
  const differs = [...is].findIndex((character, place) => character !== was[place]);
  const from = Math.max(0, (differs === -1 ? is.length : differs) - SHOWN_CHARACTERS / 4);
  const shown = (whole: string): string => `${from > 0 ? "…" : ""}${whole.slice(from, from + SHOWN_CHARACTERS)}${whole.length > from + SHOWN_CHARACTERS ? "…" : ""}`;
  return `line ${line + 1}: "${shown(was)}" should be "${shown(is)}"`;
};
