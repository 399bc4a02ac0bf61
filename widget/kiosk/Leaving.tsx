import { useState } from "preact/hooks";
import type { KioskConfig } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import { kioskTexts as texts } from "./kiosk-texts.ts";
import { pinFits } from "./pin.ts";

type Props = { kiosk: KioskConfig["kiosk"]; waiting: number; onStay: () => void; onUnpair: () => void };

/** The way out, behind the PIN. */
export function Leaving({ kiosk, waiting, onStay, onUnpair }: Props) {
  const [pin, setPin] = useState("");
  const [state, setState] = useState<"asking" | "wrong" | "checking" | "open">("asking");
  const check = async (): Promise<void> => {
    setState("checking");
    setState((await pinFits(pin, kiosk)) ? "open" : "wrong");
    setPin("");
  };
  if (state === "open") {
    return (
      <div class="message">
        <h1>{kiosk.name}</h1>
        <p>{texts.left}</p>
        {waiting > 0 && <p class="notice">{texts.waiting_other.replace("{n}", String(waiting))}</p>}
        <p class="actions">
          <button type="button" class="plain" onClick={() => confirm(texts.unpairQuestion) && onUnpair()}>{texts.newDevice}</button>
          <button type="button" class="primary" onClick={onStay}>{texts.again}</button>
        </p>
      </div>
    );
  }
  return (
    <form class="message" onSubmit={(event) => { event.preventDefault(); void check(); }}>
      <h1>{texts.leave}</h1>
      <label class="part"><span>{texts.pin}</span>
        <input type="password" inputMode="numeric" autocomplete="off" maxLength={8} value={pin} autofocus
          onInput={(event) => { setPin(event.currentTarget.value); setState("asking"); }} />
      </label>
      {state === "wrong" && <p class="error" role="alert">{texts.pinWrong}</p>}
      <p class="actions">
        <button type="button" class="plain" onClick={onStay}>{texts.stay}</button>
        <button class="primary" disabled={pin.length < 4 || state === "checking"}>{texts.leave}</button>
      </p>
    </form>
  );
}
