// The program of the thread that looks for themes: comments come in portions, progress and themes go out.
import { parentPort } from "node:worker_threads";
import { discoverThemes, type ThemeComment } from "@firsthand/text";

type Order = { comments: ThemeComment[] } | { seed: number };

const port = parentPort;
if (port === null) throw new Error("This program runs as a thread of the server only.");
const comments: ThemeComment[] = [];
port.on("message", (order: Order) => {
  if ("comments" in order) {
    for (const comment of order.comments) comments.push(comment);
    return;
  }
  port.postMessage({ themes: discoverThemes(comments, { seed: order.seed, onProgress: (progress) => port.postMessage({ progress }) }) });
  port.close();
});
