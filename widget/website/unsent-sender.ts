import { surroundingsFor } from "../survey/browser.ts";
import { openSession } from "../survey/session.ts";
import { forgetUnsent, listUnsent } from "./unsent.ts";

/** Sends what earlier pages could not. */
export async function sendUnsent(origin: string): Promise<void> {
  for (const facts of Object.values(listUnsent())) {
    const session = openSession(facts, await surroundingsFor(facts.sending, origin), (state) => {
      if (state === "saved" || state === "closed" || state === "refused") forgetUnsent(facts);
    });
    void session.retry();
  }
}
