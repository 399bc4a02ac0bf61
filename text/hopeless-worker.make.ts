// A worker for tests of the pool: it fails at the first part even when that is to be left out.
import { serveWorkerPool, type Turn } from "./worker-pool.ts";

serveWorkerPool(() => (_task, turn: Turn) => {
  turn.at(0);
  throw new Error("as always");
});
