import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ImportDetail, importDetail } from "@firsthand/server/customers/imports/imports.contract";
import { mapping } from "@firsthand/server/customers/imports/mapping.contract";
import { CommandError, UsageError, type Command, type Given, type Output } from "./command.ts";

const pollMs = 500;

export const importCommand: Command = {
  name: "import",
  summary: "Import a file of customers, interactions or answers into a running Firsthand.",
  usage: "FILE --key fhk_… [options]",
  positionals: { min: 1, max: 1 },
  options: {
    server: { value: "URL", help: "Address of the server (default: FIRSTHAND_URL, else http://127.0.0.1:4400)." },
    key: { value: "KEY", help: "API key with the ability imports.change (default: FIRSTHAND_KEY)." },
    map: { value: "FILE.json", help: "Mapping of the columns, as --guess prints it; without it the guess is taken." },
    guess: { help: "Print the guessed mapping and stop; nothing is imported." },
    "dry-run": { help: "Count what the import would do and stop; nothing is imported." },
    errors: { value: "FILE.csv", help: "Write the refused rows with their reasons there." },
  },
  notes: [
    "FILE is CSV (any delimiter and encoding), XLSX, JSON lines or XES, packed with gzip or not.",
    "Prints one JSON object. Exit code 0: every row was accepted or there already; 3: some rows were refused; 1: the import failed; 2: wrong usage.",
    "Stopping this command does not stop the import: it runs on the server. Importing the same file again adds nothing.",
  ],
  run: async (given, output) => {
    const request = readRequest(given);
    const uploaded = await upload(request, output);
    const mapped = await chooseMapping(request, uploaded);
    if (request.goal === "guess") {
      await discard(request, mapped.id);
      output.data(`${JSON.stringify(mapped.mapping, null, 2)}\n`);
      return 0;
    }
    if (request.goal === "dry-run") return showDryRun(request, mapped, output);
    await call(request, "POST", `/api/imports/${mapped.id}/run`);
    return showResult(request, await follow(request, mapped.id, output), output);
  },
};

type Request = { path: string; server: string; key: string; mapPath: string | null; errorsPath: string | null; goal: "import" | "guess" | "dry-run" };

const readRequest = (given: Given): Request => {
  const server = given.option("server") ?? process.env["FIRSTHAND_URL"] ?? "http://127.0.0.1:4400";
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) throw new UsageError(`--server "${server}" is no address.`);
  const key = given.option("key") ?? process.env["FIRSTHAND_KEY"] ?? "";
  if (key === "") throw new UsageError("--key is missing. Make an API key under Settings, Keys, with the ability imports.change.");
  return {
    path: given.positionals[0] ?? "",
    server: server.replace(/\/+$/, ""),
    key,
    mapPath: given.option("map"),
    errorsPath: given.option("errors"),
    goal: given.isSet("guess") ? "guess" : given.isSet("dry-run") ? "dry-run" : "import",
  };
};

const upload = async (request: Request, output: Output): Promise<ImportDetail> => {
  const size = await stat(request.path).then((found) => found.size, () => null);
  if (size === null) throw new CommandError(`The file ${request.path} cannot be read.`);
  output.say(`Uploading ${basename(request.path)} (${(size / 1024 ** 2).toFixed(1)} MB) …`);
  const reply = await send(request, "POST", `/api/imports?name=${encodeURIComponent(basename(request.path))}`, {
    body: createReadStream(request.path),
    headers: { "content-type": "application/octet-stream", "content-length": String(size) },
    duplex: "half",
  });
  return importDetail.parse(await reply.json());
};

const chooseMapping = async (request: Request, uploaded: ImportDetail): Promise<ImportDetail> => {
  if (request.mapPath === null) return uploaded;
  const text = await readFile(request.mapPath, "utf8").catch(() => null);
  if (text === null) throw new CommandError(`The mapping ${request.mapPath} cannot be read.`);
  const parsed = mapping.safeParse(parseJson(text, request.mapPath));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandError(`The mapping ${request.mapPath} is wrong at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return call(request, "PUT", `/api/imports/${uploaded.id}/mapping`, { mapping: parsed.data });
};

const parseJson = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`The mapping ${path} is no JSON.`);
  }
};

const showDryRun = async (request: Request, mapped: ImportDetail, output: Output): Promise<number> => {
  await call(request, "POST", `/api/imports/${mapped.id}/dry-run`);
  const checked = await follow(request, mapped.id, output);
  await discard(request, mapped.id);
  if (checked.fault !== null) throw new CommandError(checked.fault.message);
  output.data(`${JSON.stringify(checked.dryRun, null, 2)}\n`);
  return (checked.dryRun?.refused ?? 0) > 0 ? 3 : 0;
};

/** Waits until the server has done what it was asked for, saying how far it is. */
const follow = async (request: Request, id: string, output: Output): Promise<ImportDetail> => {
  for (;;) {
    const shown = await call(request, "GET", `/api/imports/${id}`);
    if (!["checking", "queued", "running", "undoing"].includes(shown.state)) return shown;
    const total = shown.totalRows === null ? "" : ` of ${shown.totalRows.toLocaleString("en")}`;
    output.progress(`${shown.rowsRead.toLocaleString("en")}${total} rows, ${shown.rowsRefused.toLocaleString("en")} refused`);
    await pause(pollMs);
  }
};

const showResult = async (request: Request, done: ImportDetail, output: Output): Promise<number> => {
  const { id, state, rowsRead, rowsAccepted, rowsRefused, rowsRepeated, rowsLeftOut, rowsWithoutCustomer, perceptionsAdded, fault } = done;
  output.data(`${JSON.stringify({ id, state, rowsRead, rowsAccepted, rowsRefused, rowsRepeated, rowsLeftOut, rowsWithoutCustomer, perceptionsAdded, fault })}\n`);
  if (request.errorsPath !== null && rowsRefused > 0) await saveErrors(request, id, request.errorsPath);
  if (state !== "done") throw new CommandError(fault?.message ?? `The import is ${state}.`);
  if (rowsRefused > 0) output.say(`${rowsRefused.toLocaleString("en")} rows were refused${request.errorsPath === null ? "; see them with --errors FILE.csv" : ""}.`);
  return rowsRefused > 0 ? 3 : 0;
};

const saveErrors = async (request: Request, id: string, path: string): Promise<void> => {
  const reply = await send(request, "GET", `/api/imports/${id}/errors.csv`);
  if (reply.body !== null) await writeFile(path, reply.body);
};

const discard = async (request: Request, id: string): Promise<void> => {
  await send(request, "DELETE", `/api/imports/${id}`);
};

const call = async (request: Request, method: string, url: string, body?: unknown): Promise<ImportDetail> => {
  const reply = await send(request, method, url, body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  return importDetail.parse(await reply.json());
};

type Sent = { body?: RequestInit["body"] | ReturnType<typeof createReadStream>; headers?: Record<string, string>; duplex?: "half" };

const send = async (request: Request, method: string, url: string, sent: Sent = {}): Promise<Response> => {
  const reply = await fetch(`${request.server}${url}`, { ...sent, method, headers: { ...sent.headers, authorization: `Bearer ${request.key}` } }).catch((fault: unknown) => {
    const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : String(fault);
    throw new CommandError(`The server ${request.server} cannot be reached: ${cause}`);
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
