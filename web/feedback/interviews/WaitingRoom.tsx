import { Button, Kbd } from "@mantine/core";
import { useCallback, useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useCallKeys } from "./call-keys.ts";
import type { CallList } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";

/** What the last look for somebody to call found: when the next turn comes, null when never. */
export type Nobody = { nextAt: string | null; skipped: number };

/** Between two calls. */
export const WaitingRoom = ({ list, nobody, onNext }: { list: CallList; nobody: Nobody | null; onNext: () => Promise<void> }) => {
  const t = useTexts(interviewsTexts);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isOpen = list.status === "open";
  const take = useCallback(async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await onNext();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  }, [onNext]);
  useCallKeys(useCallback((key) => {
    if (key !== "n" || !isOpen || isBusy) return false;
    void take();
    return true;
  }, [isOpen, isBusy, take]));
  if (!isOpen) return <Card><EmptyState title={t("notOpen", { name: list.name })} body={t(list.status === "filling" ? "stillFilling" : "notOpenBody")} /></Card>;
  const body = nobody === null
    ? t("readyBody", { name: list.name, done: list.done, people: list.people })
    : nobody.nextAt === null ? t("nobodyEver") : t("nobodyUntil", { time: formatMoment(new Date(nobody.nextAt)) });
  return (
    <Card>
      <div aria-live="polite">
        <EmptyState title={t(nobody === null ? "ready" : "nobodyNow")} body={body}>
          {nobody !== null && nobody.skipped > 0 && <p>{t("skipped", { count: nobody.skipped })}</p>}
          {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
          <Button size="md" loading={isBusy} onClick={() => void take()} rightSection={<Kbd size="xs" aria-hidden>n</Kbd>} aria-keyshortcuts="n">{t("next")}</Button>
        </EmptyState>
      </div>
    </Card>
  );
};
