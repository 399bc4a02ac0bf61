// The Model Context Protocol: programs that talk to people ask for the same numbers as the screens, by the same routes and rights.
import { createMcpHandler, Server, type CallToolResult } from "@modelcontextprotocol/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "#platform/access";
import { AppError, InputError } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { listTools, type Tool } from "./assistant-tools.ts";
import { addressOf } from "./shown-screens.rules.ts";
import { shortenReply, type Json } from "./short-replies.rules.ts";
import { shortenSchema } from "./tool-schemas.rules.ts";

const VERSION = "0.1.0";
const INSTRUCTIONS = `Firsthand holds what an organisation's customers did and felt. Numbers come with their count and 95% interval: quote both.
Call a change or a difference real only where isSignificant or isDifferent says so; else say that chance may explain it. Say "goes with", never "causes".
Below 10 answers there is no score worth quoting: read the comments instead. Periods are half open days of the workspace's clock: from=2026-03-01&to=2026-04-01 is March.
To find why a score moved: explain the change first, then read the comments, themes and notes on days of the groups that moved. What moved at all stands in the alerts.
Replies are short: numbers have four digits, times are those of the workspace's clock, what is null or empty is left out, a list of rows alike is { columns, rows }. Where there is \`more\`, ask the
same again with what stands in it. \`shown\` is the screen with the same figures; a comment is at shown with comment=<id>&period=all, a customer at /customers/<id>, an answer at /responses/<responseId>: give these as evidence.
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

const describeTool = ({ name, description, route, short }: Tool) => ({
  name,
  description,
  inputSchema: objectSchema.parse(shortenSchema({ ...z.toJSONSchema(z.strictObject({ ...shapeOf(route.params), ...shapeOf(route.query), ...(short.rows === undefined ? {} : startShape) }), { io: "input", unrepresentable: "any" }) })),
  annotations: { readOnlyHint: true, openWorldHint: false },
});

const objectSchema = z.looseObject({ type: z.literal("object") });
const shapeOf = (schema: z.ZodType | undefined): z.ZodRawShape => (schema instanceof z.ZodObject ? schema.shape : {});

// Replies without pages of their own are told from this row on.
const startShape = { start: z.int().min(0).max(100_000).optional() };

const callTool = async (tool: Tool, given: Record<string, unknown>, { actor, services, request, reply }: Asking): Promise<CallToolResult> => {
  try {
    const { route, usual, short } = tool;
    const { start, asked } = short.rows === undefined ? { start: 0, asked: given } : takeStart(given);
    const value = await route.run({ ...partsOf(route, { ...usual, ...asked }), body: undefined, actor, services, request, reply });
    const timeZone = (await findWorkspace(services.db, actor.workspaceId))?.timeZone ?? "UTC";
    const told = shortenReply(jsonOf(value), short, { timeZone, baseUrl: services.baseUrl(), start, isWhole: given["comment"] !== undefined });
    return { content: [{ type: "text", text: JSON.stringify({ ...told, ...shownAt(tool, given, services.baseUrl()) }) }] };
  } catch (error) {
    // What the caller can mend is told to the program that asked; anything else is a fault of ours and goes the way of all faults.
    if (error instanceof AppError || error instanceof InputError) return refuse(error.message);
    throw error;
  }
};

const takeStart = ({ start: given, ...asked }: Record<string, unknown>): { start: number; asked: Record<string, unknown> } => {
  const read = startShape.start.safeParse(given);
  if (!read.success) throw new InputError([{ field: "query.start", problem: "is a row to begin with, from 0" }]);
  return { start: read.data ?? 0, asked };
};

// As it goes over the wire.
const jsonOf = (value: unknown): Json => jsonSchema.parse(JSON.parse(JSON.stringify(value)));
const jsonSchema: z.ZodType<Json> = z.json();

const shownAt = ({ screen }: Tool, given: Record<string, unknown>, baseUrl: string): { shown?: string } => {
  const address = screen === null ? null : addressOf(screen, given);
  return address === null ? {} : { shown: `${baseUrl}${address}` };
};

// What an address bears in its path and what behind it are one list of arguments for programs.
const partsOf = (route: Tool["route"], given: Record<string, unknown>): { params: Record<string, unknown>; query: Record<string, unknown> } => {
  const inPath = new Set(Object.keys(shapeOf(route.params)));
  const [params, query] = [true, false].map((isInPath) => Object.fromEntries(Object.entries(given).filter(([name]) => inPath.has(name) === isInPath)));
  return { params: params ?? {}, query: query ?? {} };
};

const refuse = (text: string): CallToolResult => ({ isError: true, content: [{ type: "text", text }] });
