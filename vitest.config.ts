import { defineConfig } from "vitest/config";

// Three kinds of test, told apart by name and folder so that nobody has to configure anything:
//   unit         *.rules.test.ts anywhere, everything under text/, mining/, web/ and widget/: no input/output, milliseconds
//   integration  the other tests of server/, cli/ and tools/: through HTTP with a real PostgreSQL and a real DuckDB
//   browser      e2e/*.test.ts: whole journeys in a real browser against a started product
const everywhereExcluded = ["**/node_modules/**", "**/dist/**"];

//
// Files of one kind share their workers, and all that is loaded once (an isolated file loads the whole server again: two thirds of the time
// of most). So a test keeps nothing in a module, and puts back what it takes from the world. What runs on the server is loaded by Node itself.
const onServer = { pool: "forks", isolate: false, experimental: { viteModuleRunner: false }, globalSetup: "tools/test-database.ts" } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.rules.test.ts", "text/**/*.test.ts", "mining/**/*.test.ts", "web/**/*.test.{ts,tsx}", "widget/**/*.test.{ts,tsx}"],
          exclude: everywhereExcluded,
          isolate: false,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...onServer,
          name: "integration",
          include: ["server/**/*.test.ts", "cli/**/*.test.ts", "bench/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: [...everywhereExcluded, "**/*.rules.test.ts"],
          // Each file may start its own server and analytics process; more at once starve a small machine.
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...onServer,
          name: "browser",
          include: ["e2e/**/*.test.ts"],
          exclude: everywhereExcluded,
          // A browser needs a core of its own; with more at once, none is quick enough for its journey.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 10_000 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
