import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CustomMetricForm } from "./CustomMetricForm.tsx";
import { type CustomMetric, removeCustomMetric } from "./custom-metrics.data.ts";
import { customMetricsTexts } from "./custom-metrics.texts.ts";
import { useCustomMetrics } from "./metrics.data.ts";

/** Formulas members wrote: to read, to write, to change and to delete. */
export const CustomMetricsPanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(customMetricsTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("manage")}>
      {isOpen && <CustomMetrics />}
    </SidePanel>
  );
};

const CustomMetrics = () => {
  const t = useTexts(customMetricsTexts);
  const state = useCustomMetrics();
  const [edited, setEdited] = useState<CustomMetric | "new" | null>(null);
  const [leaving, setLeaving] = useState<CustomMetric | null>(null);
  if (state.isPending) return <Loading kind="rows" rows={3} />;
  if (state.isError) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  if (edited !== null) return <CustomMetricForm metric={edited === "new" ? null : edited} onDone={() => setEdited(null)} />;
  const remove = async ({ id, name }: CustomMetric): Promise<void> => {
    await removeCustomMetric(id);
    notifyDone(t("removed", { name }));
  };
  return (
    <>
      <p className="dialog-body">{t("intro")}</p>
      {state.data.items.length === 0 && <p className="quiet">{t("none")}</p>}
      <ul className="own-metrics">
        {state.data.items.map((metric) => (
          <li key={metric.id}>
            <span>
              <b dir="auto">{metric.name}</b>
              <small>
                <code>{metric.formula}</code> · {metric.surveyName ?? t("surveyGone")} · {metric.scaleMin}–{metric.scaleMax}
              </small>
            </span>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("change", { name: metric.name })} onClick={() => setEdited(metric)}>
              <IconPencil size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("remove", { name: metric.name })} onClick={() => setLeaving(metric)}>
              <IconTrash size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited("new")}>
        {t("add")}
      </Button>
      {leaving !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setLeaving(null)}
          title={t("removeTitle", { name: leaving.name })}
          body={t("removeBody")}
          confirmLabel={t("remove", { name: leaving.name })}
          onConfirm={() => remove(leaving)}
          isDangerous
        />
      )}
    </>
  );
};
