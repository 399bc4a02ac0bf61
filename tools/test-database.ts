// Before the first test: the databases that tests copy. After the last: away with them.
import type { TestProject } from "vitest/node";
import { startTestPostgres } from "../server/test-database.make.ts";

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  if (Number(process.versions.node.split(".")[0]) < 24)
    throw new Error("The tests need the pinned Node: run `npm test -- FILE`, or put node_modules/.bin first in PATH.");
  // One server of databases for each worker: every transaction, in whichever database of a server, has the stores of all of them look for news.
  const servers = await Promise.all(Array.from({ length: project.config.maxWorkers }, startTestPostgres));
  project.provide("databaseUrls", servers.map(({ connectionString }) => connectionString));
  return async () => {
    await Promise.all(servers.map(({ stop }) => stop()));
  };
};
