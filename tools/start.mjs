// npm start: installs what is missing, builds what is stale, starts the server with the pinned Node.
// Plain JavaScript, because it must run before anything is installed, on any Node from 20.19 on.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { runInOurPlace } from "./child.mjs";
import { ensureInstalled, findPinnedNode, npmCommand, requireNode } from "./installation.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const main = async (flags) => {
  requireNode();
  await ensureInstalled(root);
  const node = findPinnedNode(root);
  const server = join(root, "server", "main.ts");
  if (flags.includes("--dev")) return runForDevelopment(node, server, flags);
  await buildIfStale(root);
  const code = await runInOurPlace(node, [server, ...flags]);
  if (code === 137) console.error("The server was killed. Start it again: it recovers what was going on, and nothing acknowledged is lost.");
  return code;
};

// Node restarts the server when one of its files changes; Vite rebuilds the web app, so that the next load of the page shows it.
const runForDevelopment = async (node, server, flags) => {
  const { program, first } = npmCommand();
  const watchers = ["web", "widget"].map((name) => runInOurPlace(program, [...first, "run", "build", "-w", name, "--if-present", "--", "--watch"], { cwd: root }));
  const code = await runInOurPlace(node, ["--watch", "--watch-preserve-output", server, ...flags]);
  await Promise.race([Promise.allSettled(watchers), new Promise((done) => setTimeout(done, 2_000))]);
  return code;
};

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
