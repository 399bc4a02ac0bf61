// A worker for tests of the pool: doubles numbers, but stalls at "stall", dies at "die" and throws at "throw".
import { serveWorkerPool, type Turn } from "./worker-pool.ts";

const doneAs = (part: number | string): number | string => {
  if (part === "stall") for (;;);
  if (part === "die") process.exit(1);
  if (part === "throw") throw new Error("as asked");
  return typeof part === "number" ? part * 2 : part;
};

serveWorkerPool((given) => (parts: readonly (number | string)[], turn: Turn) => {
  const answer = parts.map((part, index) => {
    if (turn.isCareful) turn.at(index);
    return turn.isSkipped(index) ? "left out" : part === "given" ? given : doneAs(part);
  });
  return { answer };
});
