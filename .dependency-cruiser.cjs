// Who may know whom. A module imports only modules before it in ORDER, and only through their <module>.api.ts.
// Each rule is proved to bite by tools/check-dependencies.test.ts. Reasons: STYLE.md, "Eleven rules".
const ORDER = ["platform", "people", "customers", "journeys", "conversations", "feedback", "insights", "cases", "engagement", "strategy"];
const later = (name) => ORDER.slice(ORDER.indexOf(name) + 1).join("|");

const TEST = "\\.test\\.tsx?$";
// Shapes and pure rules may be shared across modules by name: a contract is made of contracts, a rule of rules.
const SHARED_BY_KIND = "\\.(contract|rules)\\.ts$";

// The files directly in server/ put the program together, so they see all of it.
const COMPOSITION = "^server/[^/]+\\.ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...ORDER.slice(0, -1).map((name) => ({
      name: `${name}-knows-no-later-module`,
      comment: `${name} comes earlier in the order: publish an event, and let the later module listen.`,
      severity: "error",
      from: { path: `^server/${name}/` },
      to: { path: `^server/(${later(name)})/` },
    })),
    ...ORDER.slice(1).map((name) => ({
      name: `${name}-only-through-its-api`,
      comment: `Import "#${name}" (server/${name}/${name}.api.ts), not a file inside it.`,
      severity: "error",
      from: { path: "^server/", pathNot: [`^server/${name}/`, COMPOSITION, SHARED_BY_KIND, TEST] },
      to: { path: `^server/${name}/`, pathNot: `^server/${name}/${name}\\.(api|make)\\.ts$` },
    })),
    {
      name: "platform-only-through-its-features",
      comment: 'Import "#platform/<feature>" (its .api.ts), not a file inside it.',
      severity: "error",
      from: { path: "^server/[^/]+/", pathNot: ["^server/platform/", SHARED_BY_KIND, TEST, "\\.make\\.ts$"] },
      to: { path: "^server/platform/", pathNot: "^server/platform/([^/]+)/\\1\\.(api|make)\\.ts$|^server/platform/platform\\.(api|make)\\.ts$" },
    },
    {
      name: "only-kinds-are-shared-by-file",
      comment: "A contract of another module may be imported only by a contract or a rule, and a rule only by a rule; everything else goes through the api.",
      severity: "error",
      from: { path: "^server/([^/]+)/.*\\.(contract|rules)\\.ts$" },
      to: { path: "^server/[^/]+/", pathNot: ["^server/$1/", SHARED_BY_KIND] },
    },
    {
      name: "rules-are-pure",
      comment: "*.rules.ts holds pure functions: it imports only other rules and the types of contracts.",
      severity: "error",
      from: { path: "\\.rules\\.ts$" },
      // A hash is as pure as a sum, and the ids of facts are hashes.
      to: { pathNot: ["\\.(rules|contract)\\.ts$", "^(node:)?crypto$"] },
    },
    {
      name: "rules-take-types-of-contracts",
      comment: "A rule imports a contract with `import type`: rules run in the browser too, and a validator is large.",
      severity: "error",
      from: { path: "\\.rules\\.ts$" },
      to: { path: "\\.contract\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "contracts-are-shapes",
      comment: "*.contract.ts imports only the validator and other contracts.",
      severity: "error",
      from: { path: "\\.contract\\.ts$" },
      to: { pathNot: "\\.contract\\.ts$|(^|/)node_modules/zod/" },
    },
    {
      name: "only-platform-talks-to-databases",
      comment: "Database drivers are imported by platform/{db,analytics,jobs,live} alone; others are handed a connection.",
      severity: "error",
      from: { path: "^(server|web|widget|cli)/", pathNot: ["^server/platform/(db|analytics|jobs|live)/", TEST] },
      to: { path: "(^|/)node_modules/(pg|@duckdb/[^/]+|graphile-worker|chdb)/" },
    },
    {
      name: "browser-and-cli-see-only-contracts-and-rules",
      comment: "web, widget and cli know of the server only *.contract.ts and *.rules.ts.",
      severity: "error",
      from: { path: "^(web|widget|cli)/", pathNot: [TEST] },
      to: { path: "^server/", pathNot: SHARED_BY_KIND },
    },
    // Not for platform: its screens name the members who did something.
    ...ORDER.slice(1, -1).map((name) => ({
      name: `web-${name}-knows-no-later-module`,
      comment: `${name} comes earlier in the order, also on screens: let the later module fill a place through its <module>.screens.tsx.`,
      severity: "error",
      from: { path: `^web/${name}/` },
      to: { path: `^web/(${later(name)})/` },
    })),
    {
      name: "text-knows-nobody",
      comment: "The text engine is used by the server and the command line and trained by bench; it imports nothing of theirs and no package.",
      severity: "error",
      from: { path: "^text/", pathNot: TEST },
      to: { path: "^(server|web|widget|cli|bench|tools|e2e)/|(^|/)node_modules/" },
    },
    {
      name: "text-only-through-its-api",
      comment: 'Import "@firsthand/text" (text/text.api.ts), not a file inside it; bench, which trains and measures it, may.',
      severity: "error",
      from: { path: "^(server|web|widget|cli|tools|e2e)/" },
      to: { path: "^text/", pathNot: "^text/text\\.api\\.ts$" },
    },
    {
      name: "mining-knows-nobody",
      comment: "Mining paths from logs is used by the server and the command line; it imports nothing of theirs and no package.",
      severity: "error",
      from: { path: "^mining/", pathNot: [TEST, "\\.make\\.ts$"] },
      to: { path: "^(server|text|web|widget|cli|bench|tools|e2e)/|(^|/)node_modules/" },
    },
    {
      name: "mining-only-through-its-api",
      comment: 'Import "@firsthand/mining" (mining/mining.api.ts), not a file inside it; bench, which measures it, may.',
      severity: "error",
      from: { path: "^(server|text|web|widget|cli|tools|e2e)/" },
      to: { path: "^mining/", pathNot: "^mining/mining\\.api\\.ts$" },
    },
    {
      name: "server-knows-no-client",
      comment: "The server serves what web and widget have built; it imports nothing from them, nor from cli, bench, tools or e2e.",
      severity: "error",
      from: { path: "^server/", pathNot: TEST },
      to: { path: "^(web|widget|cli|bench|tools|e2e)/" },
    },
    {
      name: "analytics-process-serves-nobody",
      comment: "The analytics process starts with every server and must start quickly: it loads its followers and what they need, no module's manifest.",
      severity: "error",
      from: { path: "^server/analytics-process\\.ts$" },
      to: { path: "^server/modules\\.ts$|\\.(module|routes)\\.ts$", reachable: true },
    },
    {
      name: "widget-ships-only-preact",
      comment: "The widget runs on other people's pages: Preact and nothing else.",
      severity: "error",
      from: { path: "^widget/", pathNot: [TEST, "\\.config\\.ts$"] },
      to: { path: "(^|/)node_modules/", pathNot: "(^|/)node_modules/preact/" },
    },
    {
      name: "widget-takes-types-of-contracts",
      comment: "A contract imported as a value brings its validator along: 277 kB in a bundle of 15.",
      severity: "error",
      from: { path: "^widget/", pathNot: TEST },
      to: { path: "\\.contract\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "makers-only-in-tests-and-seed",
      comment: "*.make.ts builds example rows; what runs in production must not.",
      severity: "error",
      from: { pathNot: ["\\.(test|make)\\.tsx?$", "^tools/(seed|demo|test-database)", "^bench/", "^e2e/"] },
      to: { path: "\\.make\\.ts$" },
    },
    { name: "no-cycles", comment: "Two files that need each other are one idea or three.", severity: "error", from: {}, to: { circular: true } },
    {
      name: "imports-resolve",
      comment: "The imported file or package does not exist, or the workspace does not declare it.",
      severity: "error",
      from: { path: "^(server|text|mining|web|widget|cli|bench|tools|e2e)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
