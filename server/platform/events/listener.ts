import type { z } from "zod";
import type { Services } from "../services/services.api.ts";

/** Code of a later module that reacts to an earlier one's event. It may run twice for the same event and must bear it. */
export type Listener = {
  /** Unique, `<module>.<what it does>`: also the name under which failures show. */
  name: string;
  event: string;
  run: (given: { services: Services; workspaceId: string; payload: unknown }) => Promise<void>;
};

export const defineListener = <Payload extends z.ZodType>(spec: {
  name: string;
  event: string;
  payload: Payload;
  run: (given: { services: Services; workspaceId: string; payload: z.output<Payload> }) => Promise<void>;
}): Listener => ({
  name: spec.name,
  event: spec.event,
  run: ({ services, workspaceId, payload }) => spec.run({ services, workspaceId, payload: spec.payload.parse(payload) }),
});
