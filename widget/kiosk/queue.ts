import type { SaveResponseBody } from "@firsthand/server/feedback/responses/responses.contract";

/** A response that waits on the device, with the time it was answered: how long ago that was is only known when it is sent. */
export type Waiting = { id: string; body: Omit<SaveResponseBody, "openedAgoMs" | "answeredAgoMs">; openedAt: number; answeredAt: number; problem?: string };

/** The device's store. Answers leave it when the server has them, and never otherwise. */
export type Store = {
  put: (waiting: Waiting) => Promise<void>;
  list: () => Promise<Waiting[]>;
  remove: (id: string) => Promise<void>;
  read: <Value>(key: string) => Promise<Value | undefined>;
  write: (key: string, value: unknown) => Promise<void>;
};

type Reply = { status: number; code: string };

/** What a try to send came to: how many are left, how many of them the server refuses, the code of the last refusal, and when to try again. */
export type Sent = { waiting: number; refused: number; problem: string; againInMs: number | null };

const AGAIN_FIRST_MS = 2_000;
const AGAIN_MAX_MS = 60_000;
const AGO_MAX_MS = 30 * 86_400_000;

/** Sends what waits, oldest first, one at a time. What the server refuses stays, marked, and the rest goes on: a person decides about it.
 *  @param post sends one body; throws without a line */
export function createQueue(store: Store, post: (body: string) => Promise<Reply>, now: () => number): { send: () => Promise<Sent> } {
  let failures = 0;
  const send = async (): Promise<Sent> => {
    let refused = 0;
    let problem = "";
    const tried = new Set<string>();
    for (let waiting = await nextOf(store, tried); waiting !== undefined; waiting = await nextOf(store, tried)) {
      tried.add(waiting.id);
      const reply = await post(JSON.stringify(bodyOf(waiting, now()))).catch((): Reply => ({ status: 0, code: "" }));
      if (reply.status > 199 && reply.status < 300) {
        failures = 0;
        await store.remove(waiting.id);
      } else if (isFinal(reply)) {
        refused += 1;
        problem = reply.code;
        if (waiting.problem !== reply.code) await store.put({ ...waiting, problem: reply.code });
      } else {
        failures += 1;
        return { waiting: (await store.list()).length, refused, problem, againInMs: Math.min(AGAIN_FIRST_MS * 2 ** (failures - 1), AGAIN_MAX_MS) };
      }
    }
    return { waiting: (await store.list()).length, refused, problem, againInMs: null };
  };
  return { send };
}

// Looked up anew each time: what was answered while others were on their way goes out in the same turn.
const nextOf = async (store: Store, tried: ReadonlySet<string>): Promise<Waiting | undefined> => (await store.list()).find(({ id }) => !tried.has(id));

// Only what the server says itself, with its code, it will say again. Overloaded, broken, or stopped by something on the way: the same body may be taken later.
const isFinal = ({ status, code }: Reply): boolean => code !== "" && status < 500 && status !== 429;

function bodyOf({ body, openedAt, answeredAt }: Waiting, now: number): SaveResponseBody {
  const ago = (at: number): number => Math.min(Math.max(0, now - at), AGO_MAX_MS);
  return { ...body, openedAgoMs: ago(openedAt), answeredAgoMs: ago(answeredAt) };
}
