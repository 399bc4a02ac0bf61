import { defineConfig } from "vite";

export default defineConfig({
  // One script for the public survey page. The server serves it under /s/client/ and puts the style into the page itself.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: { survey: "survey/main.tsx" },
      output: { entryFileNames: "[name].js", format: "es" },
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
