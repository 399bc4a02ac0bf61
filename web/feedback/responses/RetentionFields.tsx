import { Button, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type RetentionRun, runRetention, type SurveySettings } from "./answering.data.ts";
import { answeringTexts } from "./answering.texts.ts";
import classes from "./Responses.module.css";

type Props = { surveyId: string; settings: SurveySettings; isSaved: boolean; set: (patch: Partial<SurveySettings>) => void };

const MONTHS_AT_FIRST = 24;

/** How long answers are kept, what is due by that, and doing it now. */
export const RetentionFields = ({ surveyId, settings: { retention }, isSaved, set }: Props) => {
  const t = useTexts(answeringTexts);
  const mayDelete = useAbility("responses.delete");
  const [due, setDue] = useState<RetentionRun | null>(null);
  const [isAsked, setAsked] = useState(false);
  const choose = (action: string | null): void =>
    set({ retention: action === "anonymise" || action === "delete" ? { action, months: retention?.months ?? MONTHS_AT_FIRST } : null });
  return (
    <div className={classes.sections}>
      <div className={classes.steps}>
        <Select
          label={t("action")} allowDeselect={false} value={retention?.action ?? "keep"} onChange={choose}
          data={[{ value: "keep", label: t("keepForEver") }, { value: "anonymise", label: t("anonymise") }, { value: "delete", label: t("delete") }]}
        />
        {retention !== null && (
          <NumberInput label={t("months")} min={1} max={240} value={retention.months} onChange={(months) => typeof months === "number" && set({ retention: { ...retention, months } })} />
        )}
      </div>
      {retention !== null && isSaved && mayDelete && (
        <div className={classes.steps}>
          <Button variant="default" size="xs" onClick={() => void runRetention(surveyId, true).then(setDue, notifyFailed)}>{t("dryRun")}</Button>
          {due !== null && <span role="status">{t("due", { count: due.responses, before: formatDayWithYear(new Date(due.before)) })}</span>}
          {due !== null && due.responses > 0 && <Button variant="default" size="xs" onClick={() => setAsked(true)}>{t("run")}</Button>}
        </div>
      )}
      <ConfirmDialog
        isOpen={isAsked} onClose={() => setAsked(false)} title={t("runTitle")} body={t(retention?.action === "delete" ? "runDelete" : "runAnonymise")} confirmLabel={t("run")} isDangerous
        onConfirm={() => runRetention(surveyId, false).then(() => {
          setDue(null);
          notifyDone(t("started"));
        })}
      />
    </div>
  );
};
