import { z } from "zod";
import { defineRoute } from "#platform/http";
import { answerAssistant } from "./assistants.ts";

const shared = {
  url: "/api/mcp",
  tag: "assistants",
  access: { signedIn: true },
  reply: z.unknown(),
} as const;

// Keys carry their own abilities: a program sees only the tools its key may use.
export const assistantsRoutes = (["POST", "GET", "DELETE"] as const).map((method) =>
  defineRoute({
    ...shared,
    method,
    summary: method === "POST" ? "The Model Context Protocol for assistants: reading tools, with the rights of the key" : "Not part of the protocol as it is spoken here: refused with 405",
    ...(method === "POST" ? { body: z.unknown() } : {}),
    answer: async ({ actor, services, request, reply }) => {
      const answer = await answerAssistant({ actor, services, request, reply });
      const text = await answer.text();
      await reply.code(answer.status).headers(Object.fromEntries(answer.headers)).send(text === "" ? undefined : text);
      return undefined;
    },
  }),
);
