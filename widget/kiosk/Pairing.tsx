import { useState } from "preact/hooks";
import type { PairedKiosk } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import { kioskTexts as texts } from "./kiosk-texts.ts";
import { pair } from "./server.ts";

/** Asks for the code a member made, once per device. */
export function Pairing({ onPaired }: { onPaired: (paired: PairedKiosk) => void }) {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState("");
  const [isPairing, setPairing] = useState(false);
  const submit = async (): Promise<void> => {
    setPairing(true);
    const answer = await pair(code);
    setPairing(false);
    if (answer === null) setProblem(texts.noLine);
    else if (!answer.ok) setProblem(texts.codeWrong);
    else onPaired(answer.value);
  };
  return (
    <form class="message" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h1>{texts.pairTitle}</h1>
      <p>{texts.pairText}</p>
      <label class="part"><span>{texts.code}</span>
        <input type="text" class="code" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={12} value={code} aria-invalid={problem !== ""}
          onInput={(event) => { setCode(event.currentTarget.value); setProblem(""); }} />
      </label>
      {problem !== "" && <p class="error" role="alert">{problem}</p>}
      <p class="actions"><button class="primary" disabled={code.trim().length < 8 || isPairing}>{texts.pair}</button></p>
    </form>
  );
}
