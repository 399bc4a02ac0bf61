import { NumberInput, Select, Switch } from "@mantine/core";
import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { useTexts } from "../../ui/texts.ts";
import { phases } from "./faces.ts";
import { FeelingChoice } from "./FeelingChoice.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { changeStep } from "./parts.rules.ts";
import { HOURS_MOST, readHours } from "./written.rules.ts";
import { useWritten } from "./written.ts";

const levels = ["1", "2", "3", "4", "5"];

/** How a step is meant to be: the feeling it shall leave, how much it matters, and when the next one shall come. */
export const StepDesign = ({ step }: { step: MapStep }) => {
  const t = useTexts(mapTexts);
  const { edit, mayWrite } = useDrawing();
  const change = (now: Parameters<typeof changeStep>[1]): void => edit([changeStep(step, now)]);
  const hours = useWritten(String(step.nextWithinHours ?? ""), (now, was) => {
    const [nextWithinHours, before] = [readHours(now), readHours(was)];
    if (nextWithinHours !== before) edit([changeStep({ ...step, nextWithinHours: before }, { nextWithinHours })]);
  });
  const importance = (label: string, value: number | null, set: (value: number | null) => void) => (
    <Select size="xs" label={label} placeholder={t("notSaid")} data={levels.map((level) => ({ value: level, label: t("levelOf", { level }) }))} clearable clearButtonProps={{ "aria-label": t("notSaid") }} value={value === null ? null : String(value)}
      onChange={(chosen) => set(chosen === null ? null : Number(chosen))} />
  );
  return (
    <section className={classes.design}>
      <h3 className="panel-heading">{t("designed")}</h3>
      <p className="quiet">{t("designedHelp")}</p>
      {phases.map((phase) => (
        <div key={phase} className={classes.phaseLine}>
          <span aria-hidden>{t(phase)}</span>
          <FeelingChoice label={t(phase)} value={step.designed[phase]} onChange={(value) => change({ designed: { ...step.designed, [phase]: value } })} isDisabled={!mayWrite} />
        </div>
      ))}
      <div className={classes.pair}>
        {importance(t("importanceToCustomer"), step.importanceToCustomer, (importanceToCustomer) => change({ importanceToCustomer }))}
        {importance(t("importanceToUs"), step.importanceToUs, (importanceToUs) => change({ importanceToUs }))}
      </div>
      <Switch label={t("momentOfTruth")} description={t("momentOfTruthHelp")} checked={step.isMomentOfTruth} onChange={(event) => change({ isMomentOfTruth: event.currentTarget.checked })} />
      <Switch label={t("optionalStep")} description={t("optionalHelp")} checked={step.isOptional} onChange={(event) => change({ isOptional: event.currentTarget.checked })} />
      <NumberInput size="xs" label={t("nextWithin")} description={t("nextWithinHelp")} min={0} max={HOURS_MOST} value={hours.value} onChange={(value) => hours.type(String(value))} onBlur={hours.save} />
    </section>
  );
};
