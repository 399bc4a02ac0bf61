import { Button, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { beginPairing, type Kiosk, type Pairing, useKiosks } from "./kiosks.data.ts";
import classes from "./PairingPanel.module.css";
import { kiosksTexts } from "./kiosks.texts.ts";

/** Makes the code to type into a device, and notices when it was typed. */
export const PairingPanel = ({ kiosk, onPaired }: { kiosk: Kiosk; onPaired: () => void }) => {
  const t = useTexts(kiosksTexts);
  const [pairing, setPairing] = useState<Pairing | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const kiosks = useKiosks(undefined);
  const isPaired = pairing !== null && kiosks.data?.items.find(({ id }) => id === kiosk.id)?.state === "online";
  useEffect(() => {
    if (!isPaired) return;
    notifyDone(t("paired", { name: kiosk.name }));
    onPaired();
  }, [isPaired, kiosk.name, onPaired, t]);
  const make = async (): Promise<void> => {
    setFailure(null);
    try {
      setPairing(await beginPairing(kiosk.id));
    } catch (refusal) {
      setFailure(refusal);
    }
  };
  if (pairing === null) {
    return (
      <Stack gap="sm">
        {kiosk.state !== "unpaired" && <p className="dialog-body">{t("pairAgain")}</p>}
        {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
        <div><Button onClick={() => void make()}>{t("makeCode")}</Button></div>
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      <p className="dialog-body">{t("pairBody", { time: formatMoment(new Date(pairing.expiresAt)) })}</p>
      <h3 className="panel-heading">{t("address")}</h3>
      <CopyField label={t("address")} value={pairing.address} />
      <h3 className="panel-heading">{t("code")}</h3>
      <p className={classes.code} aria-label={t("code")}>{pairing.code}</p>
    </Stack>
  );
};
