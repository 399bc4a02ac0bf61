import { Button } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { giveMailUp, type QuarantinedMail, retryMail, useQuarantine } from "./mailbox.data.ts";
import { mailboxTexts } from "./mailbox.texts.ts";

/** Mails that could not be read. Nothing is shown while there is none. */
export const QuarantineTable = ({ mayChange }: { mayChange: boolean }) => {
  const t = useTexts(mailboxTexts);
  const mails = useQuarantine();
  const items = mails.data?.pages.flatMap((page) => page.items) ?? [];
  if (mails.error !== null) return <ErrorState error={mails.error} onRetry={() => void mails.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Card title={t("quarantine")} subtitle={t("quarantineBody")}>
      <DataTable
        name="quarantined-mails"
        label={t("quarantine")}
        columns={columnsFor(t, mayChange)}
        rows={items}
        rowKey={(row) => row.id}
        maxHeight={420}
        onEnd={() => void (mails.hasNextPage && !mails.isFetchingNextPage && mails.fetchNextPage())}
        isLoadingMore={mails.isFetchingNextPage}
      />
    </Card>
  );
};

type Words = Translate<(typeof mailboxTexts)["words"]>;

const columnsFor = (t: Words, mayChange: boolean): Column<QuarantinedMail>[] => [
  { key: "subject", label: t("subject"), isFixed: true, width: 220, render: (row) => <strong title={nameOf(row, t)}>{nameOf(row, t)}</strong> },
  { key: "reason", label: t("reason"), render: (row) => <span title={row.reason}>{row.reason}</span> },
  { key: "sender", label: t("sender"), width: 190, render: (row) => row.sender ?? "" },
  { key: "mailbox", label: t("mailbox"), width: 190, isHiddenAtFirst: true, render: (row) => row.mailbox },
  { key: "tries", label: t("tries"), width: 80, align: "end", isHiddenAtFirst: true, render: (row) => row.tries },
  { key: "read", label: t("arrived"), width: 110, render: (row) => <Time at={row.readAt} /> },
  ...(mayChange ? [{ key: "actions", label: t("actions"), align: "end", width: 170, isFixed: true, render: (row) => <Actions mail={row} t={t} /> } satisfies Column<QuarantinedMail>] : []),
];

const nameOf = ({ subject }: QuarantinedMail, t: Words): string => subject ?? t("noSubject");

const Actions = ({ mail, t }: { mail: QuarantinedMail; t: Words }) => {
  const retry = async (): Promise<void> => {
    const { outcome, reason } = await retryMail(mail.id);
    if (outcome === "failed") notifyFailed(new Error(t("retriedFailed", { reason: reason ?? "" })));
    else notifyDone(outcome === "taken" ? t("retriedTaken") : t("retriedLeft"));
  };
  return (
    <>
      {mail.canRetry && <Button variant="subtle" size="compact-xs" onClick={() => void retry().catch(notifyFailed)} aria-label={`${t("retry")}: ${nameOf(mail, t)}`}>{t("retry")}</Button>}
      <Button variant="subtle" size="compact-xs" onClick={() => void giveMailUp(mail.id).then(() => notifyDone(t("givenUp")), notifyFailed)} aria-label={`${t("giveUp")}: ${nameOf(mail, t)}`}>{t("giveUp")}</Button>
    </>
  );
};
