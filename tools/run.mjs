// Runs one of the project's TypeScript programs with the pinned Node, after installing what is missing:
//   node tools/run.mjs tools/check.ts --write
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runInOurPlace } from "./child.mjs";
import { ensureInstalled, findPinnedNode, requireNode } from "./installation.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [program, ...flags] = process.argv.slice(2);

requireNode();
await ensureInstalled(root);
process.exit(await runInOurPlace(findPinnedNode(root), [resolve(root, program), ...flags]));
