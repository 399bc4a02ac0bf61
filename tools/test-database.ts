// Before the first test: the database all tests copy. After the last: away with it.
import type { TestProject } from "vitest/node";
import { startTestPostgres } from "../server/test-database.make.ts";

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  if (Number(process.versions.node.split(".")[0]) < 24)
    throw new Error("The tests need the pinned Node: run `npm test -- FILE`, or put node_modules/.bin first in PATH.");
  const postgres = await startTestPostgres();
  project.provide("databaseUrl", postgres.connectionString);
  return postgres.stop;
};
