import { defineConfig } from "vite";

// Scripts other pages include must not put names of their own into those pages, so each is built apart and wrapped in a function.
const ALONE: Readonly<Record<string, { entry: string; fileName: string; name: string; format: "iife" | "umd" }>> = {
  loader: { entry: "website/loader.ts", fileName: "w.js", name: "firsthandLoader", format: "iife" },
  formbricks: { entry: "formbricks/formbricks.ts", fileName: "formbricks.umd.cjs", name: "formbricks", format: "umd" },
};

// All a survey of the common kinds needs, in one file: several small ones would weigh more and take another round trip.
const CORE = /[\\/](preact[\\/](dist|hooks|jsx-runtime)|(SurveyView|LiveSurvey|QuestionField)\.tsx|(session|browser|keys|tools|rare-fields|onward)\.ts|(walk|conditions|common-answers|given-answer|local-text|scale-ends|pictures)\.rules\.ts)/;

// The server serves what is built here under /s/client/. Libraries, because a page's build would add a helper that preloads styles.
export default defineConfig(({ mode }) => {
  const alone = ALONE[mode];
  return {
    build: {
      outDir: "dist",
      emptyOutDir: alone === undefined,
      target: "es2022",
      minify: true,
      lib: alone === undefined
        ? { entry: { survey: "survey/main.tsx", widget: "website/widget.tsx" }, formats: ["es"] as const }
        : { entry: alone.entry, name: alone.name, formats: [alone.format], fileName: () => alone.fileName },
      rolldownOptions: {
        output: alone === undefined
          ? { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", minify: true, advancedChunks: { groups: [{ name: "core", test: CORE }] } }
          : { minify: true },
      },
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  };
});
