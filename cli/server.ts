// Commands that ask a running Firsthand: where it is, with which key, and what its refusals say.
import type { ReadStream } from "node:fs";
import { CommandError, UsageError, type Given, type OptionSpec } from "./command.ts";

export type Server = { address: string; key: string };

/** The options by which every such command is told where to ask. */
export const serverOptions = (ability: string): Record<"server" | "key", OptionSpec> => ({
  server: { value: "URL", help: "Address of the server (default: FIRSTHAND_URL, else http://127.0.0.1:4400)." },
  key: { value: "KEY", help: `API key with the ability ${ability} (default: FIRSTHAND_KEY).` },
});

/** @throws UsageError without a key or with an address that is none */
export const readServer = (given: Given, ability: string): Server => {
  const address = given.option("server") ?? process.env["FIRSTHAND_URL"] ?? "http://127.0.0.1:4400";
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw new UsageError(`--server "${address}" is no address.`);
  const key = given.option("key") ?? process.env["FIRSTHAND_KEY"] ?? "";
  if (key === "") throw new UsageError(`--key is missing. Make an API key under Settings, Keys, with the ability ${ability}.`);
  return { address: address.replace(/\/+$/, ""), key };
};

type Sent = { body?: RequestInit["body"] | ReadStream; headers?: Record<string, string>; duplex?: "half" };

/** Asks the server.
 *  @throws CommandError when it cannot be reached or refuses, in its own words */
export const askServer = async (server: Server, method: string, url: string, sent: Sent = {}): Promise<Response> => {
  const reply = await fetch(`${server.address}${url}`, { ...sent, method, headers: { ...sent.headers, authorization: `Bearer ${server.key}` } }).catch((fault: unknown) => {
    const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : String(fault);
    throw new CommandError(`The server ${server.address} cannot be reached: ${cause}`);
  });
  if (reply.ok) return reply;
  const text = await reply.text();
  throw new CommandError(messageOf(text) ?? `The server answered ${reply.status}.`);
};

const messageOf = (text: string): string | null => {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || !("error" in body)) return null;
    const { error } = body;
    return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string" ? error.message : null;
  } catch {
    return null;
  }
};
