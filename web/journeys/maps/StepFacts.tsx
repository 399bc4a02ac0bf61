import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { formatChange, formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { sayDuration } from "./durations.ts";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { Words } from "./Words.tsx";

/** What the data says of a step, in one place. */
export const StepFacts = ({ step }: { step: MapStep }) => {
  const t = useTexts(mapTexts);
  const { document, steps } = useDrawing();
  const shown = steps.get(step.id);
  if (shown === undefined || !shown.isBound) return <p className={classes.hint}>{t("bindIt")}</p>;
  const { measured, inferred, assumed } = shown.feeling;
  const facts: [string, string][] = [
    [t("measured_volume"), `${formatNumber(shown.customers)}${shown.share === null ? "" : ` (${formatShare(shown.share)})`}`],
    [t("interactions"), formatNumber(shown.interactions)],
    ...(measured === null ? [] : [[`${t("feeling")} · ${t("measured")}`, t("feelingOf", { value: formatChange(measured.mean * 100), count: measured.count })] satisfies [string, string]]),
    ...(inferred === null ? [] : [[`${t("feeling")} · ${t("inferred")}`, t("feelingOf", { value: formatChange(inferred.mean * 100), count: inferred.count })] satisfies [string, string]]),
    ...(assumed === null ? [] : [[`${t("feeling")} · ${t("assumed")}`, formatChange(assumed * 100)] satisfies [string, string]]),
    ...(shown.next === null ? [] : [[t("measured_time"), sayDuration(shown.next.medianSeconds)] satisfies [string, string]]),
    ...(shown.next?.ways ?? []).map(({ stepId, customers, medianSeconds }): [string, string] => [
      t("timeToWay", { name: document.steps.find(({ id }) => id === stepId)?.name ?? "" }), medianSeconds === null ? "–" : t("wayTaken", { time: sayDuration(medianSeconds), count: customers }),
    ]),
  ];
  return (
    <section>
      <dl className={classes.facts}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {shown.words.length > 0 && <Words words={shown.words} />}
    </section>
  );
};
