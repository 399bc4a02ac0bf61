// npm start: installs what is missing, builds what is stale, starts the server with the pinned Node.
// Plain JavaScript, because it must run before anything is installed, on any Node from 20.19 on.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { runInOurPlace } from "./child.mjs";
import { runForDevelopment } from "./development.mjs";
import { ensureInstalled, findPinnedNode, requireNode } from "./installation.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const main = async (flags) => {
  requireNode();
  await ensureInstalled(root);
  const node = findPinnedNode(root);
  const server = join(root, "server", "main.ts");
  await buildIfStale(root);
  if (flags.includes("--dev")) {
    await runForDevelopment({ root, node, server, flags });
    return 0;
  }
  const code = await runInOurPlace(node, [server, ...flags]);
  if (code === 137) console.error("The server was killed. Start it again: it recovers what was going on, and nothing acknowledged is lost.");
  return code;
};

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
