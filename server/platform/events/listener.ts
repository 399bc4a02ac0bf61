import type { z } from "zod";
import type { Services } from "../services/services.api.ts";

/** Code of a later module that reacts to an earlier one's event. It may run twice for the same event and must bear it. */
export type Listener = {
  /** Unique, `<module>.<what it does>`: also the name under which failures show. */
  name: string;
  event: string;
  /** Whether an event concerns it, told from the payload alone: one that does not costs no job. */
  concerns: (payload: unknown) => boolean;
  run: (given: { services: Services; workspaceId: string; payload: unknown }) => Promise<void>;
};

export const defineListener = <Payload extends z.ZodType>(spec: {
  name: string;
  event: string;
  payload: Payload;
  concerns?: (payload: z.output<Payload>) => boolean;
  run: (given: { services: Services; workspaceId: string; payload: z.output<Payload> }) => Promise<void>;
}): Listener => ({
  name: spec.name,
  event: spec.event,
  concerns: (given) => {
    // Asked for every event and every listener: most hear all, and need not read it twice.
    if (spec.concerns === undefined) return true;
    const payload = spec.payload.safeParse(given);
    // A payload that cannot be read fails as a job, where it shows under the listener's name.
    return !payload.success || spec.concerns(payload.data);
  },
  run: ({ services, workspaceId, payload }) => spec.run({ services, workspaceId, payload: spec.payload.parse(payload) }),
});
