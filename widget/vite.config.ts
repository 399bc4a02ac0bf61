import { build, defineConfig, type Plugin } from "vite";

// Scripts other pages include must not put names of their own into those pages, so each is built apart and wrapped in a function.
const ALONE: Readonly<Record<string, { entry: string; fileName: string; name: string; format: "iife" | "umd" }>> = {
  loader: { entry: "website/loader.ts", fileName: "w.js", name: "firsthandLoader", format: "iife" },
  formbricks: { entry: "formbricks/formbricks.ts", fileName: "formbricks.umd.cjs", name: "formbricks", format: "umd" },
  // A device without a line has to have everything in one file.
  kiosk: { entry: "kiosk/main.tsx", fileName: "kiosk.js", name: "firsthandKiosk", format: "iife" },
  "kiosk-worker": { entry: "kiosk/worker.ts", fileName: "kiosk-worker.js", name: "firsthandKioskWorker", format: "iife" },
};

// Those of them that draw with Preact.
const DRAWING = ["kiosk"];

// All a survey of the common kinds needs, in one file: several small ones would weigh more and take another round trip.
const CORE = /[\\/](preact[\\/](dist|jsx-runtime)|(SurveyView|LiveSurvey|QuestionField)\.tsx|(session|browser|choosing|keys|tools|onward|unsent|memory)\.ts|(common-answers|given-answer|local-text|scale-ends|pictures)\.rules\.ts)/;

// One command builds all: a build of the rest alone would leave a folder without them.
const thenAlone: Plugin = {
  name: "then-alone",
  closeBundle: async () => {
    for (const mode of Object.keys(ALONE)) await build({ mode, configFile: import.meta.filename, root: import.meta.dirname, logLevel: "warn" });
  },
};

// The server serves what is built here under /s/client/. Libraries, because a page's build would add a helper that preloads styles.
export default defineConfig(({ mode }) => {
  const alone = ALONE[mode];
  return {
    plugins: alone === undefined ? [thenAlone] : [],
    build: {
      outDir: "dist",
      emptyOutDir: alone === undefined,
      target: "es2022",
      // These know light-dark colour schemes; older ones would get a stand-in that weighs more than it gives.
      cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
      minify: true,
      lib: alone === undefined
        ? { entry: { survey: "survey/main.tsx", widget: "website/widget.tsx" }, formats: ["es"] as const }
        : { entry: alone.entry, name: alone.name, formats: [alone.format], fileName: () => alone.fileName },
      rolldownOptions: {
        output: alone === undefined
          ? { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", minify: true, comments: false, codeSplitting: { groups: [{ name: "core", test: CORE }] } }
          : { minify: true, codeSplitting: false },
      },
    },
    // Preact's own function for markup is there anyway; the other one would come on top.
    oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" }, ...(DRAWING.includes(mode) || alone === undefined ? { jsxInject: 'import { h, Fragment } from "preact"' } : {}) },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  };
});
