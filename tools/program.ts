import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";

export type Outcome = { code: number; output: string };

/** Runs a program of a package with the Node that runs us, and collects what it says.
 *  @param cwd folder to run in; the program itself comes from the packages of `root` */
export const runPackageProgram = (root: string, entry: string, flags: readonly string[], cwd: string = root): Promise<Outcome> =>
  new Promise((done) => {
    // Some programs look for "node" in the path: they must find the pinned one.
    const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`, NO_COLOR: "1" };
    const child = spawn(process.execPath, [join(root, "node_modules", entry), ...flags], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += part.toString("utf8")));
    child.on("error", (error) => done({ code: 1, output: error.message }));
    child.on("close", (code) => done({ code: code ?? 1, output: output.trim() }));
  });
