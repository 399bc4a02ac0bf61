import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = `http://127.0.0.1:${process.env.PORT ?? "4400"}`;

const NONCE = "__CSP_NONCE__";

// Packed once here, so that the server never packs the same file again for every browser.
const packAssets = (): Plugin => ({
  name: "pack-assets",
  apply: "build",
  closeBundle() {
    const folder = new URL("./dist/assets/", import.meta.url);
    for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const content = readFileSync(new URL(name, folder));
      writeFileSync(new URL(`${name}.gz`, folder), gzipSync(content, { level: 9 }));
      writeFileSync(new URL(`${name}.br`, folder), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
});

// The program is fetched at once too, not when the little that begins the page has run.
const preloadApp = (): Plugin => ({
  name: "preload-app",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === "chunk" && file.name === "app")
        .map(({ fileName }) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}`, nonce: NONCE }, injectTo: "head" as const })),
  },
});

export default defineConfig({
  plugins: [react(), packAssets(), preloadApp()],
  // The server writes a fresh nonce over this word in every page it serves.
  html: { cspNonce: NONCE },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // One small file for what asks for the first figures, one for the program and one for what many screens share: sixty small ones would stand in line.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"], priority: 3 },
            { name: "app", test: /\/web\/shell\/App\.tsx$/, priority: 2 },
            { name: "shared", minShareCount: 8, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": server, "/v1": server, "/s/": server, "/health": server },
  },
});
