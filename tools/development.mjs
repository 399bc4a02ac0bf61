// npm run dev: the server starts again when one of its files changes; Vite serves the web app with hot reload and rebuilds the widget.
import { watch } from "node:fs";
import { join } from "node:path";
import { runInOurPlace } from "./child.mjs";

const SETTLE_MS = 200;
const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs everything until we are told to stop. */
export const runForDevelopment = async ({ root, node, server, flags }) => {
  const place = flags.indexOf("--port");
  const env = { ...process.env, PORT: place === -1 ? (process.env.PORT ?? "4400") : flags[place + 1] };
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const ending = new AbortController();
  console.log("The web app with hot reload: http://127.0.0.1:5173 (the server's own address shows the last build)");
  const helpers = [
    runInOurPlace(node, [vite, "--host", "127.0.0.1"], { cwd: join(root, "web"), env, signal: ending.signal }),
    runInOurPlace(node, [vite, "build", "--watch"], { cwd: join(root, "widget"), env, signal: ending.signal }),
  ];
  await runAndRestart(join(root, "server"), (signal) => runInOurPlace(node, [server, ...flags], { env, signal }));
  ending.abort();
  await Promise.allSettled(helpers);
};

// Not `node --watch`: it would send its own messages through the channel that the server uses to talk to its analytics process,
// and it does not see migrations.
const runAndRestart = async (folder, run) => {
  let isStopping = false;
  let react = () => undefined;
  let timer;
  const watcher = watch(folder, { recursive: true }, (_kind, name) => {
    if (name === null || !/\.(ts|sql)$/.test(name) || /\.(test|make)\.ts$/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => react(), SETTLE_MS);
  });
  const stop = () => {
    isStopping = true;
    react();
  };
  for (const signal of STOPS) process.on(signal, stop);
  while (!isStopping) {
    const ending = new AbortController();
    react = () => ending.abort();
    const code = await run(ending.signal);
    // A server that ended by itself has said why; the next change may mend it.
    if (!isStopping && !ending.signal.aborted) {
      console.log(`The server ended with ${code}; waiting for a change ...`);
      await new Promise((done) => (react = done));
    }
    if (!isStopping) console.log("A file of the server changed; starting it again ...");
  }
  clearTimeout(timer);
  watcher.close();
  for (const signal of STOPS) process.removeListener(signal, stop);
};
