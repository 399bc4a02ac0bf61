import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { type DeadLetterDetail, discardLetters, replayLetter, useDeadLetter } from "./ingest.data.ts";
import { ingestTexts } from "./ingest.texts.ts";
import styles from "./Ingest.module.css";

/** One refused event beside the list: why, what was sent, mend and send again. */
export const DeadLetterPanel = ({ id, onClose }: { id: string | undefined; onClose: () => void }) => {
  const t = useTexts(ingestTexts);
  const letter = useDeadLetter(id);
  return (
    <SidePanel isOpen={id !== undefined} onClose={onClose} title={t("detailTitle")} width={560}>
      {letter.isLoading && <Loading kind="rows" rows={5} />}
      {letter.error !== null && <ErrorState error={letter.error} onRetry={() => void letter.refetch()} />}
      {letter.data !== undefined && <Letter key={letter.data.id} letter={letter.data} onDone={onClose} />}
    </SidePanel>
  );
};

const Letter = ({ letter, onDone }: { letter: DeadLetterDetail; onDone: () => void }) => {
  const t = useTexts(ingestTexts);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("why")}</dt>
        <dd>{letter.detail}</dd>
        <dt>{t("state")}</dt>
        <dd>{t(`state_${letter.state}`)}</dd>
        <dt>{t("received")}</dt>
        <dd>
          <Time at={letter.receivedAt} kind="absolute" />
        </dd>
        <dt>{t("source")}</dt>
        <dd>{letter.source}</dd>
      </dl>
      <PayloadForm letter={letter} onDone={onDone} />
    </>
  );
};

const PayloadForm = ({ letter, onDone }: { letter: DeadLetterDetail; onDone: () => void }) => {
  const t = useTexts(ingestTexts);
  const mayResolve = useAbility("dead-letters.resolve") && letter.state === "open";
  const [payload, setPayload] = useState(() => indented(letter.payload));
  const [isBusy, setBusy] = useState(false);
  const isReadable = isJson(payload);
  const work = async (job: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await job().catch(notifyFailed);
    setBusy(false);
  };
  const replay = async (): Promise<void> => {
    const after = await replayLetter(letter.id, payload);
    if (after.state === "open") return notifyFailed(new Error(t("refusedAgain", { reason: after.detail })));
    notifyDone(t("replayed"));
    onDone();
  };
  const discard = async (): Promise<void> => {
    await discardLetters([letter.id]);
    notifyDone(t("discarded", { count: 1 }));
    onDone();
  };
  return (
    <>
      <Textarea
        className={styles.payload}
        label={t("payload")}
        description={mayResolve ? t("payloadBody") : undefined}
        error={isReadable ? undefined : t("notJson")}
        value={payload}
        onChange={(change) => setPayload(change.currentTarget.value)}
        readOnly={!mayResolve}
        rows={18}
        spellCheck={false}
      />
      {mayResolve && (
        <div className={styles.buttons}>
          <Button variant="subtle" disabled={isBusy} onClick={() => void work(discard)}>
            {t("discard")}
          </Button>
          <Button loading={isBusy} disabled={!isReadable} onClick={() => void work(replay)}>
            {t("replay")}
          </Button>
        </div>
      )}
    </>
  );
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

// Easier to mend; what cannot be parsed is shown as it came.
const indented = (text: string): string => (isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text);
