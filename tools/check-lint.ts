// Style inside a file: oxlint with the rules of .oxlintrc.json.
import { z } from "zod";
import type { Problem } from "./problem.ts";
import { runPackageProgram } from "./program.ts";

const Report = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.string().default("parse"),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })).default([]),
    }),
  ),
});

/** Lints every file under a folder, which has its own .oxlintrc.json.
 *  @param packagesOf where oxlint itself is installed
 *  @throws when the checker cannot run at all */
export const checkLint = async (root: string, packagesOf: string = root): Promise<Problem[]> => {
  const { output } = await runPackageProgram(packagesOf, "oxlint/bin/oxlint", ["--format=json", "."], root);
  if (!output.startsWith("{")) throw new Error(`oxlint did not run: ${output}`);
  return Report.parse(JSON.parse(output)).diagnostics.map(({ message, code, filename, labels }) => ({
    rule: code.replace(/^(.+)\((.+)\)$/, "$1/$2").replace(/^eslint\//, "").replace(/^react-hooks\//, "react/"),
    path: `${filename}:${labels[0]?.span.line ?? 1}`,
    message,
  }));
};
