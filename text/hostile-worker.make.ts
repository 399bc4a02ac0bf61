// A worker for tests of the pool: doubles numbers, but stalls at "stall", dies at "die" and throws at "throw". "hidden" before any of these: unless it is
// careful, it does not say at which part it is. "slow" takes long and goes on; "silent" takes
// long and says so beforehand.
import { serveWorkerPool, type Turn } from "./worker-pool.ts";

const waiting = new Int32Array(new SharedArrayBuffer(4));

const doneAs = (part: number | string, beat: (times?: number) => void): number | string => {
  if (part === "stall") for (;;);
  for (let step = 0; part === "slow" && step < 30; step += 1) {
    beat();
    Atomics.wait(waiting, 0, 0, 50);
  }
  if (part === "silent") {
    beat(200);
    Atomics.wait(waiting, 0, 0, 1_500);
  }
  if (part === "die") process.exit(1);
  if (part === "throw") throw new Error("as asked");
  return typeof part === "number" ? part * 2 : part;
};

serveWorkerPool((given) => (parts: readonly (number | string)[], turn: Turn) => {
  const answer = parts.map((part, index) => {
    const isHidden = !turn.isCareful && String(part).startsWith("hidden ");
    const say = (times?: number): void => turn.at(isHidden ? null : index, times);
    say();
    return turn.isSkipped(index) ? "left out" : part === "given" ? given : doneAs(typeof part === "number" ? part : part.replace("hidden ", ""), say);
  });
  return { answer };
});
