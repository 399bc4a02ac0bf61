import { useEffect, useRef, useState } from "preact/hooks";
import type { KioskConfig } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import { Asking } from "./Asking.tsx";
import { isAskedAt } from "./asking-time.ts";
import { kioskTexts as texts } from "./kiosk-texts.ts";
import { Leaving } from "./Leaving.tsx";
import { Pairing } from "./Pairing.tsx";
import { createQueue, type Sent, type Store, type Waiting } from "./queue.ts";
import { fetchConfig, postResponse } from "./server.ts";

const CONFIG_EVERY_MS = 60_000;

type Device = { token: string; config: KioskConfig };

/** A device that asks who comes by: paired once, then on its own, with or without a line. */
export function Kiosk({ store }: { store: Store }) {
  const [device, setDevice] = useState<Device | null | undefined>(undefined);
  const [sent, setSent] = useState<Sent>({ waiting: 0, refused: 0, problem: "", againInMs: null });
  const [isLeaving, setLeaving] = useState(false);
  const token = useRef("");
  token.current = device?.token ?? "";
  const [queue] = useState(() => createQueue(store, (body) => postResponse(body, token.current), () => Date.now()));
  const again = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const send = async (): Promise<void> => {
    clearTimeout(again.current);
    // Two tabs of one device must not send the same answers at once; the server would take them once all the same.
    const result = await withLock("firsthand-kiosk-send", () => queue.send());
    if (result === null) return;
    setSent(result);
    if (result.againInMs !== null) again.current = setTimeout(() => void send(), result.againInMs);
  };
  const remember = async (next: Device | null): Promise<void> => {
    await store.write("device", next);
    setDevice(next);
  };
  const keep = async (waiting: Waiting): Promise<void> => {
    await store.put(waiting);
    setSent((before) => ({ ...before, waiting: before.waiting + 1 }));
    void send();
  };

  const sending = useRef(send);
  sending.current = send;
  useEffect(() => {
    void store.read<Device | null>("device").then((kept) => setDevice(kept ?? null));
    const resume = (): void => void sending.current();
    resume();
    addEventListener("online", resume);
    return () => removeEventListener("online", resume);
  }, [store]);
  // What was refused may be taken by a survey that is open again.
  useEffect(() => void sending.current(), [device]);
  const now = useConfig(device ?? null, sent, remember);
  useWakeLock(device !== null && device !== undefined);

  if (device === undefined) return <p>…</p>;
  if (device === null) return <Pairing onPaired={(paired) => void remember(paired)} />;
  if (isLeaving) {
    return <Leaving kiosk={device.config.kiosk} waiting={sent.waiting} onStay={() => setLeaving(false)} onUnpair={() => void remember(null).then(() => setLeaving(false))} />;
  }
  const { survey, kiosk } = device.config;
  return (
    <>
      {survey === null || !isAskedAt(survey, now) ? <div class="message"><h1>{texts.nothingToAsk}</h1></div> : <Asking key={`${survey.slug} ${survey.version}`} survey={survey} kiosk={kiosk} onResponse={keep} />}
      <footer class="kiosk-foot">
        <span role="status">{waitingWords(sent)}</span>
        <button type="button" class="plain" aria-label={texts.leave} onClick={() => setLeaving(true)}>⋯</button>
      </footer>
    </>
  );
}

const waitingWords = ({ waiting, refused }: Sent): string => {
  const count = waiting === 0 ? texts.allSent : waiting === 1 ? texts.waiting_one : texts.waiting_other.replace("{n}", String(waiting));
  return refused === 0 ? count : `${count}. ${texts.refused.replace("{n}", String(refused))}`;
};

/** Asks every minute what to ask, and says how much waits. Without a line the device keeps what it has.
 *  @returns the time of the last turn */
function useConfig(device: Device | null, sent: Sent, remember: (device: Device) => Promise<void>): number {
  const [at, setAt] = useState(() => Date.now());
  const now = useRef({ device, sent, remember });
  now.current = { device, sent, remember };
  useEffect(() => {
    const refresh = async (): Promise<void> => {
      setAt(Date.now());
      const { device: current } = now.current;
      if (current === null) return;
      const config = await fetchConfig(current.token, now.current.sent);
      // A device that was locked out keeps its answers and its last survey: somebody has to come anyway.
      if (config?.ok === true && JSON.stringify(config.value) !== JSON.stringify(current.config)) await now.current.remember({ ...current, config: config.value });
    };
    void refresh();
    const timer = setInterval(() => void refresh(), CONFIG_EVERY_MS);
    return () => clearInterval(timer);
  }, [device?.token, sent.waiting, sent.problem]);
  return at;
}

/** Keeps the screen on, where the browser can. */
function useWakeLock(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || navigator.wakeLock === undefined) return;
    const hold = (): void => {
      if (document.visibilityState === "visible") void navigator.wakeLock.request("screen").catch(() => undefined);
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => document.removeEventListener("visibilitychange", hold);
  }, [isOn]);
}

async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value | null> {
  if (navigator.locks === undefined) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? null : work()));
}
