import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerNotFound } from "./failures.ts";

const NONCE_MARK = "__CSP_NONCE__";
const SERVER_PATHS = /^\/(api|v1|s|health|beacon|pixel|sourceConfig|assets)(\/|$)/;

/** Serves the built web app: its files for ever cached (their names carry a hash), its page for every other address. */
export const serveWeb = async (app: FastifyInstance, folder: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/assets/",
    immutable: true,
    maxAge: "365d",
    decorateReply: false,
    preCompressed: true,
  });
  const readPage = createPageReader(join(folder, "index.html"));
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (SERVER_PATHS.test(request.url.split("?")[0] ?? "")) return answerNotFound(request, reply);
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(readPage().replaceAll(NONCE_MARK, request.cspNonce));
  };
  app.get("/", answer);
  app.get("/*", answer);
};

// Read again when the file changed, so that a rebuilt app shows without a restart.
const createPageReader = (path: string): (() => string) => {
  let text = "";
  let changedAtMs = 0;
  return () => {
    const now = statSync(path).mtimeMs;
    if (now !== changedAtMs) {
      text = readFileSync(path, "utf8");
      changedAtMs = now;
    }
    return text;
  };
};
