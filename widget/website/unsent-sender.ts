import { browserSurroundings } from "../survey/browser.ts";
import { openSession } from "../survey/session.ts";
import { forgetUnsent, listUnsent } from "./unsent.ts";

/** Sends what earlier pages could not. */
export function sendUnsent(origin: string): void {
  for (const facts of Object.values(listUnsent())) {
    const session = openSession(facts, browserSurroundings(origin), (state) => {
      if (state === "saved" || state === "closed" || state === "refused") forgetUnsent(facts);
    });
    void session.retry();
  }
}
