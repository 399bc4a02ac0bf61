import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ImportDetail, importDetail } from "@firsthand/server/customers/imports/imports.contract";
import { mapping } from "@firsthand/server/customers/imports/mapping.contract";
import { CommandError, type Command, type Given, type Output } from "./command.ts";
import { askServer, readServer, serverOptions, type Server } from "./server.ts";

const pollMs = 500;
const ability = "imports.change";

export const importCommand: Command = {
  name: "import",
  summary: "Import a file of customers, interactions or answers into a running Firsthand.",
  usage: "FILE --key fhk_… [options]",
  positionals: { min: 1, max: 1 },
  options: {
    ...serverOptions(ability),
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

type Request = { path: string; server: Server; mapPath: string | null; errorsPath: string | null; goal: "import" | "guess" | "dry-run" };

const readRequest = (given: Given): Request => {
  return {
    path: given.positionals[0] ?? "",
    server: readServer(given, ability),
    mapPath: given.option("map"),
    errorsPath: given.option("errors"),
    goal: given.isSet("guess") ? "guess" : given.isSet("dry-run") ? "dry-run" : "import",
  };
};

const upload = async (request: Request, output: Output): Promise<ImportDetail> => {
  const size = await stat(request.path).then((found) => found.size, () => null);
  if (size === null) throw new CommandError(`The file ${request.path} cannot be read.`);
  output.say(`Uploading ${basename(request.path)} (${(size / 1024 ** 2).toFixed(1)} MB) …`);
  const reply = await askServer(request.server, "POST", `/api/imports?name=${encodeURIComponent(basename(request.path))}`, {
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
  const reply = await askServer(request.server, "GET", `/api/imports/${id}/errors.csv`);
  if (reply.body !== null) await writeFile(path, reply.body);
};

const discard = async (request: Request, id: string): Promise<void> => {
  await askServer(request.server, "DELETE", `/api/imports/${id}`);
};

const call = async (request: Request, method: string, url: string, body?: unknown): Promise<ImportDetail> => {
  const reply = await askServer(request.server, method, url, body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  return importDetail.parse(await reply.json());
};
