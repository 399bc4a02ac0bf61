import type { Services } from "#platform/services";
import { listWaitingImports, withImportLock } from "./imports.queries.ts";
import { workOnImport } from "./run-import.ts";

const pollMs = 2_000;
const candidates = 20;

const runners = new Set<() => void>();

/** Tells the runners of this process that an import waits, so that it begins at once; other servers find it by looking. */
export const wakeImportRunners = (): void => {
  for (const wake of runners) wake();
};

/** Works on waiting imports, one at a time, as long as the server lives. Not a job of the queue: a job of a killed server stays locked for
 *  hours there and one import would hold a worker for minutes, while this finds an interrupted import the moment a server starts. */
export const startImportRunner = async (services: Services): Promise<{ stop: () => Promise<void> }> => {
  let isStopping = false;
  let wake = (): void => undefined;
  const woken = (): void => wake();
  runners.add(woken);

  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      const hasWorked = await workOnNext(services, () => isStopping).catch((error: unknown) => {
        services.log.warn({ err: error }, "an import stopped; it is tried again");
        return false;
      });
      if (!hasWorked && !isStopping) await rest();
    }
  };
  const running = loop();
  return {
    stop: async () => {
      isStopping = true;
      runners.delete(woken);
      wake();
      await running;
    },
  };
};

const workOnNext = async (services: Services, isStopping: () => boolean): Promise<boolean> => {
  for (const id of await listWaitingImports(services.db, candidates)) {
    if (isStopping()) return false;
    if (await withImportLock(services.db, id, () => workOnImport(services, id, isStopping))) return true;
  }
  return false;
};
