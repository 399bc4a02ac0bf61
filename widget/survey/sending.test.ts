import { expect, test } from "vitest";
import { sendingBy } from "./sending.ts";
import type { Surroundings } from "./session.ts";

const makeSurroundings = (): { around: Surroundings; posted: Record<string, unknown>[] } => {
  const kept = new Map<string, string>();
  const posted: Record<string, unknown>[] = [];
  return {
    posted,
    around: {
      read: (key) => kept.get(key) ?? null, write: (key, value) => void kept.set(key, value), beacon: () => undefined, later: () => undefined, now: () => 0,
      newId: () => `device-${kept.size}`, post: async (body) => { posted.push(JSON.parse(body)); return { status: 200, code: "" }; },
    },
  };
};

test("a survey that wants nothing gets what it got before", () => {
  const { around } = makeSurroundings();

  expect(sendingBy(null, around)).toBe(around);
  expect(sendingBy(undefined, around)).toBe(around);
});

test("work is done once for a response, and the device stays the same", async () => {
  const { around, posted } = makeSurroundings();
  const sending = sendingBy({ challenge: { text: "irrelevant", bits: 6 }, isDeviceTold: true }, around);

  await sending.post(JSON.stringify({ id: "1", revision: 1 }));
  await sending.post(JSON.stringify({ id: "1", revision: 2 }));

  expect(posted).toMatchObject([{ id: "1", revision: 1, device: "device-0", proof: { challenge: "irrelevant" } }, { revision: 2, device: "device-0" }]);
  expect(posted[0]?.["proof"]).toEqual(posted[1]?.["proof"]);
});
