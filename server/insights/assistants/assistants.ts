// The Model Context Protocol: programs that talk to people ask for the same numbers as the screens, by the same routes and rights.
import { createMcpHandler, Server, type CallToolResult } from "@modelcontextprotocol/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "#platform/access";
import { AppError, InputError } from "#platform/http";
import type { Services } from "#platform/services";
import { listTools, type Tool } from "./assistant-tools.ts";
import { shortenSchema } from "./tool-schemas.rules.ts";

const VERSION = "0.1.0";
const INSTRUCTIONS = `Firsthand holds what an organisation's customers did and felt. Numbers come with their count and 95% interval: quote both.
Call a change or a difference real only where isSignificant or isDifferent says so; else say that chance may explain it. Say "goes with", never "causes".
Below 10 answers there is no score worth quoting: read the comments instead. Periods are half open days of the workspace's clock: from=2026-03-01&to=2026-04-01 is March.
To find why a score moved: explain the change first, then read the comments, themes and notes on days of the groups that moved. What moved at all stands in the alerts.
Of a rising theme, an alert or a driver say the stated chance or interval along with it; a driver's warnings belong to its result.`;

type Asking = { actor: Actor; services: Services; request: FastifyRequest; reply: FastifyReply };

/** Answers one message of the protocol. Nothing is kept between messages, so any server of many can answer. */
export const answerAssistant = async (asking: Asking): Promise<Response> => {
  const { request, services } = asking;
  const handler = createMcpHandler(() => serverFor(asking), { onerror: () => undefined });
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === "string") headers.set(name, value);
  const url = new URL(request.url, services.baseUrl());
  const isPost = request.method === "POST";
  return handler.fetch(new Request(url, { method: request.method, headers, ...(isPost ? { body: JSON.stringify(request.body) } : {}) }), { parsedBody: request.body });
};

const serverFor = (asking: Asking): Server => {
  const server = new Server({ name: "firsthand", title: "Firsthand", version: VERSION }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS });
  const tools = listTools(asking.actor);
  server.setRequestHandler("tools/list", () => ({ tools: tools.map(describeTool) }));
  server.setRequestHandler("tools/call", async ({ params }): Promise<CallToolResult> => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) return refuse(`There is no tool "${params.name}", or this key may not use it.`);
    return callTool(tool, params.arguments ?? {}, asking);
  });
  return server;
};

const describeTool = ({ name, description, route }: Tool) => ({
  name,
  description,
  inputSchema: objectSchema.parse(shortenSchema({ ...z.toJSONSchema(z.strictObject({ ...shapeOf(route.params), ...shapeOf(route.query) }), { io: "input", unrepresentable: "any" }) })),
  annotations: { readOnlyHint: true, openWorldHint: false },
});

const objectSchema = z.looseObject({ type: z.literal("object") });
const shapeOf = (schema: z.ZodType | undefined): z.ZodRawShape => (schema instanceof z.ZodObject ? schema.shape : {});

const callTool = async ({ route }: Tool, given: Record<string, unknown>, { actor, services, request, reply }: Asking): Promise<CallToolResult> => {
  try {
    const value = await route.run({ ...partsOf(route, given), body: undefined, actor, services, request, reply });
    return { content: [{ type: "text", text: JSON.stringify(value) }] };
  } catch (error) {
    // What the caller can mend is told to the program that asked; anything else is a fault of ours and goes the way of all faults.
    if (error instanceof AppError || error instanceof InputError) return refuse(error.message);
    throw error;
  }
};

// What an address bears in its path and what behind it are one list of arguments for programs.
const partsOf = (route: Tool["route"], given: Record<string, unknown>): { params: Record<string, unknown>; query: Record<string, unknown> } => {
  const inPath = new Set(Object.keys(shapeOf(route.params)));
  const [params, query] = [true, false].map((isInPath) => Object.fromEntries(Object.entries(given).filter(([name]) => inPath.has(name) === isInPath)));
  return { params: params ?? {}, query: query ?? {} };
};

const refuse = (text: string): CallToolResult => ({ isError: true, content: [{ type: "text", text }] });
