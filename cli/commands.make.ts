import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Surveys that were really answered, where they are at hand. */
export const surveysFolder = join(import.meta.dirname, "../../shared/data/survey");
export const hasSurveys = existsSync(join(surveysFolder, "sfo_2017.csv.gz")) && existsSync(join(surveysFolder, "sfo_2018.csv.gz"));

type Finished = { code: number | null; data: string; said: string };

export type CommandFolder = {
  folder: string;
  write: (name: string, content: string | Uint8Array) => Promise<void>;
  /** Runs the program in the folder.
   *  @returns its exit code and what came out of stdout (`data`) and stderr (`said`) */
  run: (words: readonly string[], input?: string | Uint8Array, environment?: Record<string, string>) => Promise<Finished>;
  remove: () => Promise<void>;
};

/** A folder whose name has a blank, for files a command reads. */
export const makeCommandFolder = async (name: string): Promise<CommandFolder> => {
  const folder = await mkdtemp(join(tmpdir(), `firsthand ${name} `));
  return {
    folder,
    write: (file, content) => writeFile(join(folder, file), content),
    run: (words, input = "", environment = {}) => runIn(folder, words, input, environment),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

const runIn = (folder: string, words: readonly string[], input: string | Uint8Array, environment: Record<string, string>): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...words], { cwd: folder, env: { ...process.env, ...environment } });
    let data = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (data += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, data, said }));
    // A program that has read enough closes the pipe early.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
