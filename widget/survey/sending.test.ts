import { expect, test, vi } from "vitest";
import { sendingBy } from "./sending.ts";
import type { Surroundings } from "./session.ts";

const makeSurroundings = (): { around: Surroundings; posted: Record<string, unknown>[]; beacons: Record<string, unknown>[] } => {
  const kept = new Map<string, string>();
  const posted: Record<string, unknown>[] = [];
  const beacons: Record<string, unknown>[] = [];
  return {
    posted, beacons,
    around: {
      read: (key) => kept.get(key) ?? null, write: (key, value) => void kept.set(key, value), beacon: (body) => void beacons.push(JSON.parse(body)), later: () => undefined, now: () => 0,
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

test("what is sent as the page goes away brings the device, and the proof that is made by then", async () => {
  const { around, posted, beacons } = makeSurroundings();
  const sending = sendingBy({ challenge: { text: "irrelevant", bits: 6 }, isDeviceTold: true }, around);

  sending.write("irrelevant", JSON.stringify({ id: "1", revision: 0 }));
  sending.beacon(JSON.stringify({ id: "1", revision: 1 }));
  await vi.waitFor(() => {
    sending.beacon(JSON.stringify({ id: "1", revision: 2 }));
    expect(beacons.at(-1)).toMatchObject({ proof: { challenge: "irrelevant" } });
  });
  await sending.post(JSON.stringify({ id: "1", revision: 3 }));

  expect(beacons[0]).toEqual({ id: "1", revision: 1, device: "device-1" });
  expect(posted[0]).toMatchObject({ device: "device-1", proof: beacons.at(-1)?.["proof"] });
});
