import { Button } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Mailbox.module.css";
import { giveMailUp, type QuarantinedMail, retryMail, useQuarantine } from "./mailbox.data.ts";
import { mailboxTexts } from "./mailbox.texts.ts";

/** Mails that could not be read, each with its reason. Nothing is shown while there is none. */
export const QuarantineList = ({ mayChange }: { mayChange: boolean }) => {
  const t = useTexts(mailboxTexts);
  const mails = useQuarantine();
  const items = mails.data?.pages.flatMap((page) => page.items) ?? [];
  if (mails.error !== null) return <ErrorState error={mails.error} onRetry={() => void mails.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Card title={t("quarantine")} subtitle={t("quarantineBody")}>
      <ul className={classes.mails}>
        {items.map((mail) => <Mail key={mail.id} mail={mail} mayChange={mayChange} />)}
      </ul>
      {mails.hasNextPage && <Button variant="default" size="xs" loading={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>{t("more")}</Button>}
    </Card>
  );
};

const Mail = ({ mail, mayChange }: { mail: QuarantinedMail; mayChange: boolean }) => {
  const t = useTexts(mailboxTexts);
  const name = mail.subject ?? t("noSubject");
  const retry = async (): Promise<void> => {
    const { outcome, reason } = await retryMail(mail.id);
    if (outcome === "failed") notifyFailed(new Error(t("retriedFailed", { reason: reason ?? "" })));
    else notifyDone(outcome === "taken" ? t("retriedTaken") : t("retriedLeft"));
  };
  return (
    <li className={classes.mail}>
      <div className={classes.words}>
        <strong>{name}</strong>
        <p>{mail.reason}</p>
        <p className="quiet">
          {mail.sender !== null && <>{t("from", { sender: mail.sender })} · </>}{mail.mailbox} · <Time at={mail.readAt} />{mail.tries > 1 && <> · {t("tried", { count: mail.tries })}</>}
        </p>
      </div>
      {mayChange && (
        <div className={classes.actions}>
          {mail.canRetry && <Button variant="default" size="compact-sm" onClick={() => void retry().catch(notifyFailed)} aria-label={`${t("retry")}: ${name}`}>{t("retry")}</Button>}
          <Button variant="subtle" size="compact-sm" onClick={() => void giveMailUp(mail.id).then(() => notifyDone(t("givenUp")), notifyFailed)} aria-label={`${t("giveUp")}: ${name}`}>{t("giveUp")}</Button>
        </div>
      )}
    </li>
  );
};
