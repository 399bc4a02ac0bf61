import { Button } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./ReviewPanel.module.css";
import { Stars } from "./Stars.tsx";
import { type ConnectionResult, testSource } from "./reviews.data.ts";
import { sourcesTexts } from "./sources.texts.ts";

/** Tries out what is typed in, and shows the first reviews it finds. */
export const ConnectionTest = ({ check, given }: { check: () => boolean; given: () => Parameters<typeof testSource>[0] }) => {
  const t = useTexts(sourcesTexts);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<ConnectionResult | null>(null);
  const run = async (): Promise<void> => {
    if (!check()) return;
    setBusy(true);
    setResult(await testSource(given()).catch((refusal: unknown) => ({ isConnected: false, message: messageOf(refusal), found: 0, sample: [] })));
    setBusy(false);
  };
  return (
    <div>
      <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void run()}>{t("test")}</Button>
      <div role="status">
        {result !== null && <p className={result.isConnected ? "" : classes.bad}>{result.isConnected ? t("connected", { count: result.found }) : t("notConnected", { message: result.message ?? "" })}</p>}
        {result !== null && result.sample.length > 0 && (
          <ul className={classes.found}>
            {result.sample.map((one) => (
              <li key={`${one.at} ${one.text}`} className={classes.row}>
                <Stars stars={one.stars} />
                <span>{one.text}</span>
                <span className="quiet">{one.author} <Time at={one.at} /></span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
};
