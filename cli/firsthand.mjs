#!/usr/bin/env node
// The command `firsthand`: hands over to the pinned Node, which runs TypeScript. `firsthand start` is `npm start`.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInOurPlace } from "../tools/child.mjs";
import { ensureInstalled, findPinnedNode, requireNode } from "../tools/installation.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = process.argv.slice(2);

requireNode();
// Standard output belongs to the data a command prints; what installing says goes to standard error.
if (!existsSync(join(root, "node_modules", ".firsthand-lock"))) console.log = console.error;
await ensureInstalled(root);
const program = flags[0] === "start" ? [join(root, "tools", "start.mjs"), ...flags.slice(1)] : [join(root, "cli", "main.ts"), ...flags];
process.exit(await runInOurPlace(findPinnedNode(root), program));
