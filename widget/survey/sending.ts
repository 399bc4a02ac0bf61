import type { Proof } from "./proof.ts";
import type { Surroundings } from "./session.ts";

/** What a survey wants to come with its answers; null for most surveys. */
export type SendingRules = { challenge: { text: string; bits: number } | null; isDeviceTold: boolean } | null;

const DEVICE_KEY = "firsthand:device";

/** The same surroundings, whose posts bring what the survey wants: proof of work, and what tells this device from others. */
export function sendingBy(rules: SendingRules | undefined, around: Surroundings): Surroundings {
  if (rules === undefined || rules === null) return around;
  const proofs = new Map<string, Promise<Proof>>();
  const complete = async (body: string): Promise<string> => {
    const response: { id: string } = JSON.parse(body);
    return JSON.stringify({
      ...response,
      ...(rules.isDeviceTold ? { device: deviceOf(around) } : {}),
      ...(rules.challenge === null ? {} : { proof: await proofFor(rules.challenge, response.id) }),
    });
  };
  const proofFor = (challenge: { text: string; bits: number }, id: string): Promise<Proof> => {
    const proof = proofs.get(id) ?? import("./proof.ts").then(({ prove }) => prove(challenge, id));
    proofs.set(id, proof);
    return proof;
  };
  return { ...around, post: async (body) => around.post(await complete(body)) };
}

function deviceOf(around: Surroundings): string {
  const kept = around.read(DEVICE_KEY) ?? "";
  if (kept !== "") return kept;
  const device = around.newId();
  around.write(DEVICE_KEY, device);
  return device;
}
