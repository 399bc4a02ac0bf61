// npm run check: runs all checks of tools/checks.ts and ends with one line that counts them.
//   --write            writes the generated descriptions anew instead of complaining that they are stale
//   --report FILE      writes how many checks passed and failed, for npm test
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { listChecks, runChecks } from "./checks.ts";

const root = dirname(import.meta.dirname);
const { values: flags } = parseArgs({ options: { write: { type: "boolean", default: false }, report: { type: "string" } } });
const say = (line: string): void => console.log(line);

const { passed, failed } = await runChecks(listChecks({ root, packagesOf: root, isWriting: flags.write, say }), say);
if (flags.report !== undefined) writeFileSync(flags.report, JSON.stringify({ passed, failed }));
say(`check: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
