import type { ModuleManifest } from "../manifest/manifest.api.ts";
import { apiPage } from "./docs.page.ts";
import { describeApi } from "./openapi.ts";
import type { RawRoutes } from "./route.ts";

export const API_VERSION = "0.1.0";

/** The API description as a file and as a page. */
export const apiRoutes =
  (modules: readonly ModuleManifest[]): RawRoutes =>
  (app) => {
    const document = describeApi(modules, API_VERSION);
    const text = JSON.stringify(document);
    app.get("/api/openapi.json", async (_request, reply) =>
      reply.header("content-type", "application/json; charset=utf-8").header("access-control-allow-origin", "*").send(text),
    );
    app.get("/api/docs", async (request, reply) => reply.header("content-type", "text/html; charset=utf-8").send(apiPage(document, request.cspNonce)));
  };
