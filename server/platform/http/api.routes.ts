import type { ModuleManifest } from "../manifest/manifest.api.ts";
import { apiPage } from "./docs.page.ts";
import { describeApi } from "./openapi.ts";
import type { RawRoutes } from "./route.ts";

export const API_VERSION = "0.1.0";

/** The API description as a file and as a page. It is made when somebody first asks for it: turning all schemas into it is three quarters
 *  of the work of starting a server, which may never be asked. */
export const apiRoutes =
  (modules: readonly ModuleManifest[]): RawRoutes =>
  (app) => {
    let made: { document: ReturnType<typeof describeApi>; text: string } | null = null;
    const description = (): NonNullable<typeof made> => {
      if (made === null) {
        const document = describeApi(modules, API_VERSION);
        made = { document, text: JSON.stringify(document) };
      }
      return made;
    };
    app.get("/api/openapi.json", async (_request, reply) =>
      reply.header("content-type", "application/json; charset=utf-8").header("access-control-allow-origin", "*").send(description().text),
    );
    app.get("/api/docs", async (request, reply) => reply.header("content-type", "text/html; charset=utf-8").send(apiPage(description().document, request.cspNonce)));
  };
