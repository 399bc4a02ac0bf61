// The thread that looks for themes, for tests: it does what the first comment says.
import { parentPort } from "node:worker_threads";

parentPort?.on("message", (order: { comments?: { text: string }[]; seed?: number }) => {
  const text = order.comments?.[0]?.text;
  if (text === "throw") throw new Error("No memory is left.");
  if (text === "exit") process.exit(1);
  if (order.seed !== undefined) parentPort?.postMessage({ themes: "nonsense" });
});
