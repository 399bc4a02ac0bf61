import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { WordsOnMaps } from "../../journeys/journeys.parts.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { reportText } from "./erasure-report.ts";
import { eraseCustomer, type CustomerDetail } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";

type EraseDialogProps = { customer: CustomerDetail; isOpen: boolean; onClose: () => void };

/** Asks for the name before it erases, and says what went. */
export const EraseDialog = ({ customer, isOpen, onClose }: EraseDialogProps) => {
  const t = useTexts(profilesTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayReadMaps = useAbility("maps.read");
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
      beside={mayReadMaps && isOpen && <WordsOnMaps customerId={customer.id} />}
      confirmLabel={t("eraseConfirm")}
      onConfirm={erase}
      isDangerous
      word={customer.name}
    />
  );
};
