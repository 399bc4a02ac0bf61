import { Loader } from "@mantine/core";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./IdentityCard.module.css";
import { useIdentityStep, usePreview, type IdentityPreview, type IdentityStep } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";

type StepDialogProps = { customerId: string; step: IdentityStep | null; onClose: () => void; onDone: (customerId: string) => void };

const nameOf = (step: IdentityStep | null) => (step === null || step.kind === "merge" ? "merge" : (step.decision ?? "none"));

/** Shows what a merge, a separation or an answer would do, and does it. */
export const StepDialog = ({ customerId, step, onClose, onDone }: StepDialogProps) => {
  const t = useTexts(identityTexts);
  const preview = usePreview(customerId, step);
  const take = useIdentityStep(customerId);
  const confirm = async (): Promise<void> => {
    if (step === null) return;
    const changed = await take(step);
    notifyDone(t(`done_${nameOf(step)}`));
    if (changed.customerId !== customerId) onDone(changed.customerId);
  };
  return (
    <ConfirmDialog
      isOpen={step !== null}
      onClose={onClose}
      title={t(`previewTitle_${nameOf(step)}`)}
      confirmLabel={t("confirm")}
      onConfirm={confirm}
      body={
        preview.data !== undefined ? <Preview preview={preview.data} /> : preview.error !== null ? messageOf(preview.error) : <Loader size="sm" />
      }
    />
  );
};

const Preview = ({ preview }: { preview: IdentityPreview }) => {
  const t = useTexts(identityTexts);
  if (preview.moves.length === 0) return t("previewNothing");
  return (
    <>
      {t("previewMoves", { count: preview.interactions })} {t("previewAfter")}:
      <span className={classes.after} role="list">
        {preview.customers.map((customer) => (
          <span role="listitem" key={customer.id ?? customer.name}>
            <strong>{customer.id === null ? `${t("previewNew")}: ${customer.name}` : customer.name}</strong>
            <small>
              {customer.identifiers.map((identifier) => identifier.value).join(" · ")} · {t("interactions", { count: customer.interactions })}
            </small>
          </span>
        ))}
      </span>
      {t("undoHint")}
    </>
  );
};
