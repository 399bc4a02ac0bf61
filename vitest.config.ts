import { defineConfig } from "vitest/config";

// Three kinds of test, told apart by name and folder so that nobody has to configure anything:
//   unit         *.rules.test.ts anywhere, everything under web/ and widget/: no input/output, milliseconds
//   integration  the other tests of server/, cli/ and tools/: through HTTP with a real PostgreSQL and a real DuckDB
//   browser      e2e/*.test.ts: whole journeys in a real browser against a started product
const everywhereExcluded = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.rules.test.ts", "web/**/*.test.{ts,tsx}", "widget/**/*.test.{ts,tsx}"],
          exclude: everywhereExcluded,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "integration",
          globalSetup: "tools/test-database.ts",
          include: ["server/**/*.test.ts", "cli/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: [...everywhereExcluded, "**/*.rules.test.ts"],
          pool: "forks",
          // Each file may start its own server and analytics process; more than two at once starve a small machine.
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "browser",
          globalSetup: "tools/test-database.ts",
          include: ["e2e/**/*.test.ts"],
          exclude: everywhereExcluded,
          pool: "forks",
          // A browser waits more than it works: two at a time keep two cores busy and nobody waiting.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
