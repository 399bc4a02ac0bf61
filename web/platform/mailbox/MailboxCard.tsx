import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Mailbox.module.css";
import { changeMailbox, type Mailbox, readMailbox } from "./mailbox.data.ts";
import { mailboxTexts } from "./mailbox.texts.ts";

type Given = { mailbox: Mailbox; mayChange: boolean; onEdit: () => void; onRemove: () => void };

/** One mailbox: how it is doing, what it brought, and what can be done with it. */
export const MailboxCard = ({ mailbox, mayChange, onEdit, onRemove }: Given) => {
  const t = useTexts(mailboxTexts);
  const place = `${mailbox.host}:${mailbox.port} · ${mailbox.folder} · ${t("everyMinute", { count: mailbox.everyMinutes })}`;
  return (
    <Card title={mailbox.username} subtitle={place} aside={mayChange && <Actions mailbox={mailbox} onEdit={onEdit} onRemove={onRemove} />}>
      {mailbox.lastError !== null && mailbox.isActive && <p className={`form-failure ${classes.problem}`}>{mailbox.lastError}</p>}
      <dl className={classes.facts}>
        <div>
          <dt>{t("lastRead")}</dt>
          <dd>
            {mailbox.lastSuccessAt === null ? t("never") : <Time at={mailbox.lastSuccessAt} />}
            <small className={mailbox.state === "failing" ? classes.bad : ""}>{t(mailbox.state)}</small>
          </dd>
        </div>
        <Fact label={t("taken")} count={mailbox.taken} hint={t("takenHint")} />
        <Fact label={t("left")} count={mailbox.left} hint={t("leftHint")} />
        <Fact label={t("failed")} count={mailbox.quarantined} hint={mailbox.quarantined === 0 ? "" : t("failedHint")} />
      </dl>
    </Card>
  );
};

const Fact = ({ label, count, hint }: { label: string; count: number; hint: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      {formatNumber(count)}
      <small>{hint}</small>
    </dd>
  </div>
);

const Actions = ({ mailbox, onEdit, onRemove }: Omit<Given, "mayChange">) => {
  const t = useTexts(mailboxTexts);
  const [isBusy, setBusy] = useState(false);
  const read = async (): Promise<void> => {
    setBusy(true);
    try {
      const { lastError } = await readMailbox(mailbox.id);
      if (lastError === null) notifyDone(t("readDone", { name: mailbox.username }));
      else notifyFailed(new Error(lastError));
    } catch (refusal) {
      notifyFailed(refusal);
    }
    setBusy(false);
  };
  return (
    <div className={classes.actions}>
      {mailbox.isActive && <Button variant="subtle" size="compact-xs" loading={isBusy} onClick={() => void read()} aria-label={`${t("readNow")}: ${mailbox.username}`}>{t("readNow")}</Button>}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-xs" aria-label={`${t("actions")}: ${mailbox.username}`}>…</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t("edit")}</Menu.Item>
          <Menu.Item onClick={() => void changeMailbox(mailbox.id, { isActive: !mailbox.isActive }).catch(notifyFailed)}>{mailbox.isActive ? t("pause") : t("resume")}</Menu.Item>
          <Menu.Item onClick={onRemove}>{t("remove")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};
