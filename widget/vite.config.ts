import { defineConfig } from "vite";

export default defineConfig({
  // The server serves what is built here under /s/client/. A library, because a page's build would add a helper that preloads styles.
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: { survey: "survey/main.tsx" }, formats: ["es"] },
    minify: true,
    rolldownOptions: {
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", minify: true },
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
});
