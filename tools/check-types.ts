// Types: the compiler over each program, which differ in what surrounds them (Node, React, Preact).
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./problem.ts";
import { runPackageProgram } from "./program.ts";

export const PROGRAMS = [".", "web", "widget", "e2e"] as const;
const LINE = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/;

/** Type checks one program.
 *  @param packagesOf where the compiler itself is installed
 *  @throws when the compiler fails for another reason than an error in the code */
export const checkTypes = async (root: string, program: string, packagesOf: string = root): Promise<Problem[]> => {
  if (!existsSync(join(root, program, "tsconfig.json"))) return [];
  // What did not change since the last run is not checked again; a planted tree has no last run.
  const memory = root === packagesOf ? ["--incremental", "--tsBuildInfoFile", join(root, "node_modules", ".cache", "firsthand", `types-${program.replace(".", "server")}.json`)] : [];
  // The compiler of version 7 takes a quarter of the time of version 5, which others still use as a library; with more threads it checks what they share twice.
  const { code, output } = await runPackageProgram(packagesOf, "typescript-7/bin/tsc", ["-p", program, "--pretty", "false", "--singleThreaded", ...memory], root);
  const problems = output.split("\n").flatMap((line): Problem[] => {
    const [, path, row, rule, message] = LINE.exec(line) ?? [];
    return path === undefined || rule === undefined ? [] : [{ rule, path: `${path}:${row}`, message: message ?? "" }];
  });
  if (code !== 0 && problems.length === 0 && !output.includes("TS18003")) throw new Error(`The compiler did not run on ${program}: ${output}`);
  return problems;
};
