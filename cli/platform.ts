// Commands about the installation itself. They hand over to the server's program, which alone may touch the data folder.
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Command, Given } from "./command.ts";

const SERVER = join(import.meta.dirname, "..", "server", "main.ts");

const data = { value: "FOLDER", help: "The data folder of the installation; otherwise DATA_DIR, otherwise ./data." };

const runServer = (words: readonly string[], given: Given): Promise<number> =>
  new Promise((resolve, reject) => {
    const folder = given.option("data");
    const child = spawn(process.execPath, [SERVER, ...words, ...(folder === null ? [] : ["--data", folder])], { stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });

export const backupCommand: Command = {
  name: "backup",
  summary: "Write everything into a new folder; the server may be running",
  usage: "FOLDER [--data FOLDER]",
  positionals: { min: 1, max: 1 },
  options: { data },
  notes: ["The backup is one consistent moment: tables, uploaded files and waiting jobs. Prints {\"folder\",\"tables\",\"bytes\"}."],
  run: (given) => runServer(["backup", given.positionals[0] ?? ""], given),
};

export const restoreCommand: Command = {
  name: "restore",
  summary: "Load a backup into an empty installation",
  usage: "FOLDER [--data FOLDER]",
  positionals: { min: 1, max: 1 },
  options: { data },
  notes: ["All of it or nothing. The server must be stopped, and the data folder new. The analytics copy is made anew at the next start."],
  run: (given) => runServer(["restore", given.positionals[0] ?? ""], given),
};

export const rebuildAnalyticsCommand: Command = {
  name: "analytics rebuild",
  summary: "Drop the analytics copy and build it anew from the record",
  usage: "[--data FOLDER]",
  positionals: { min: 0, max: 0 },
  options: { data },
  notes: ["Nothing is lost by it: the copy is derived. A running server starts at once, a stopped one when it is started."],
  run: (given) => runServer(["rebuild-analytics"], given),
};

export const startCommand: Command = {
  name: "start",
  summary: "Start Firsthand; the same as npm start",
  usage: "[--port NUMBER] [--data FOLDER] [--host ADDRESS] [--demo [--scale NUMBER]]",
  positionals: { min: 0, max: 0 },
  options: {
    data,
    port: { value: "NUMBER", help: "The port to listen on; otherwise PORT, otherwise 4400." },
    host: { value: "ADDRESS", help: "The address to listen on; otherwise HOST, otherwise 127.0.0.1." },
    demo: { help: "Load the demo company if it is not there." },
    scale: { value: "NUMBER", help: "How big it is, from 0.02 to 1000; 1, about 2,500 customers with 60,000 interactions, if not said." },
  },
  run: (given) =>
    runServer(
      [
        ...["port", "host", "scale"].flatMap((name) => {
          const value = given.option(name);
          return value === null ? [] : [`--${name}`, value];
        }),
        ...(given.isSet("demo") ? ["--demo"] : []),
      ],
      given,
    ),
};
