import type { Proof } from "./proof.ts";
import type { Surroundings } from "./session.ts";

/** What a survey wants to come with its answers; null for most surveys. */
export type SendingRules = { challenge: { text: string; bits: number } | null; isDeviceTold: boolean } | null;

const DEVICE_KEY = "firsthand:device";

/** The same surroundings, whose posts bring what the survey wants: proof of work, and what tells this device from others. */
export function sendingBy(rules: SendingRules | undefined, around: Surroundings): Surroundings {
  if (rules === undefined || rules === null) return around;
  const proofs = new Map<string, Promise<Proof>>();
  // What is made, by response: a page that goes away cannot wait for it.
  const made = new Map<string, Proof>();
  const complete = (body: string): string => {
    const response: { id: string } = JSON.parse(body);
    const proof = made.get(response.id);
    return JSON.stringify({ ...response, ...(rules.isDeviceTold ? { device: deviceOf(around) } : {}), ...(proof === undefined ? {} : { proof }) });
  };
  const prove = async (body: string): Promise<void> => {
    if (rules.challenge === null) return;
    const { challenge } = rules;
    const { id }: { id: string } = JSON.parse(body);
    const proof = proofs.get(id) ?? import("./proof.ts").then((maker) => maker.prove(challenge, id));
    proofs.set(id, proof);
    // Without a connection its script cannot be loaded: the next time may be luckier.
    made.set(id, await proof.catch((failure: unknown) => {
      proofs.delete(id);
      throw failure;
    }));
  };
  return {
    ...around,
    // Begun with what is kept first, as the page opens, so that it is there when the page goes away right after the last answer.
    write: (key, value) => {
      around.write(key, value);
      void prove(value).catch(() => undefined);
    },
    post: async (body) => {
      await prove(body);
      return around.post(complete(body));
    },
    beacon: (body) => around.beacon(complete(body)),
  };
}

function deviceOf(around: Surroundings): string {
  const kept = around.read(DEVICE_KEY) ?? "";
  if (kept !== "") return kept;
  const device = around.newId();
  around.write(DEVICE_KEY, device);
  return device;
}
