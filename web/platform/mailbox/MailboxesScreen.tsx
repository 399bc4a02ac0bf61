import { Button } from "@mantine/core";
import { IconMailbox, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Mailbox.module.css";
import { MailboxCard } from "./MailboxCard.tsx";
import { MailboxForm } from "./MailboxForm.tsx";
import { QuarantineList } from "./QuarantineList.tsx";
import { type Mailbox, removeMailbox, useMailboxes } from "./mailbox.data.ts";
import { mailboxTexts } from "./mailbox.texts.ts";

type Open = { kind: "add" } | { kind: "edit" | "remove"; mailbox: Mailbox } | null;

/** Which mailboxes are read, what they brought, and the mails that could not be read. */
export const MailboxesScreen = () => {
  const t = useTexts(mailboxTexts);
  const mailboxes = useMailboxes();
  const mayChange = useAbility("mailboxes.write");
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const add = (): void => setOpen({ kind: "add" });
  const items = mailboxes.data?.items ?? [];
  const named = open === null || open.kind === "add" ? "" : open.mailbox.username;
  return (
    <>
      <PageHeader title={t("title")} actions={mayChange && items.length > 0 && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>{t("add")}</Button>} />
      {mailboxes.error !== null ? <ErrorState error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
        : mailboxes.isPending ? <Loading kind="rows" rows={4} />
        : items.length === 0 ? <EmptyState icon={IconMailbox} title={t("none")} body={t("noneBody")} {...(mayChange ? { action: { label: t("add"), onClick: add } } : {})} />
        : (
          <div className={classes.list}>
            {items.map((mailbox) => (
              <MailboxCard key={mailbox.id} mailbox={mailbox} mayChange={mayChange} onEdit={() => setOpen({ kind: "edit", mailbox })} onRemove={() => setOpen({ kind: "remove", mailbox })} />
            ))}
          </div>
        )}
      {items.length > 0 && <QuarantineList mayChange={mayChange} />}
      <SidePanel isOpen={open?.kind === "add"} onClose={close} title={t("addTitle")} width={520}>
        {open?.kind === "add" && <MailboxForm mailbox={null} onDone={close} />}
      </SidePanel>
      <SidePanel isOpen={open?.kind === "edit"} onClose={close} title={t("editTitle", { name: named })} width={520}>
        {open?.kind === "edit" && <MailboxForm mailbox={open.mailbox} onDone={close} />}
      </SidePanel>
      <ConfirmDialog
        isOpen={open?.kind === "remove"}
        onClose={close}
        title={t("removeTitle", { name: named })}
        body={t("removeBody")}
        confirmLabel={t("remove")}
        isDangerous
        onConfirm={async () => {
          if (open?.kind !== "remove") return;
          await removeMailbox(open.mailbox.id);
          notifyDone(t("removed", { name: open.mailbox.username }));
        }}
      />
    </>
  );
};
