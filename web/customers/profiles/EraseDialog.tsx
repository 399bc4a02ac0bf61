import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Fragment } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { reportText } from "./erasure-report.ts";
import { eraseCustomer, type CustomerDetail, useErasureNotices } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";

type EraseDialogProps = { customer: CustomerDetail; isOpen: boolean; onClose: () => void };

/** Asks for the name before it erases, and says what went. */
export const EraseDialog = ({ customer, isOpen, onClose }: EraseDialogProps) => {
  const t = useTexts(profilesTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const notices = useErasureNotices(customer.id, isOpen);
  const erase = async (): Promise<void> => {
    const report = await eraseCustomer(customer.id);
    notifyDone(reportText(report, t));
    await navigate({ to: "/customers" });
    client.removeQueries({ queryKey: ["customer", customer.id] });
    await client.invalidateQueries({ queryKey: ["customers"] });
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("eraseTitle", { name: customer.name })}
      body={t("eraseBody")}
      beside={notices.map((notice, at) => (
        <Fragment key={at}>{notice.isPending ? <Loading kind="rows" rows={2} /> : notice.isError ? <ErrorState error={notice.error} onRetry={() => void notice.refetch()} /> : notice.data}</Fragment>
      ))}
      isWaiting={notices.some(({ isPending, isFetching }) => isPending || isFetching)}
      confirmLabel={t("eraseConfirm")}
      onConfirm={erase}
      isDangerous
      word={customer.name}
    />
  );
};
