import type { MapStep, MeasuredLane } from "@firsthand/server/journeys/maps/document.contract";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { compareTexts } from "./compare.texts.ts";
import { ChangeMark } from "./ChangeMark.tsx";
import { sayLonger, sayPoints, sayTimes } from "./compared-words.ts";
import classes from "./Map.module.css";
import { sayDuration } from "./durations.ts";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import type { OverlayStep } from "./maps.data.ts";
import { Words } from "./Words.tsx";

type MeasuredCellProps = { lane: Exclude<MeasuredLane, "feeling">; step: MapStep; shown: OverlayStep | undefined };

/** What one step shows from data in one lane. */
export const MeasuredCell = ({ lane, step, shown }: MeasuredCellProps) => {
  const t = useTexts(mapTexts);
  if (shown === undefined || !shown.isBound) return <span className="quiet">{t("notBound")}</span>;
  switch (lane) {
    case "volume": return <Volume shown={shown} />;
    case "words": return <Words words={shown.words} />;
    case "effort": return <Effort shown={shown} />;
    case "needs": return <Needs shown={shown} />;
    case "promises": return <Promises shown={shown} />;
    case "time": return <Next step={step} shown={shown} />;
  }
};

const useComparison = (stepId: string) => useDrawing().overlay?.comparison.find((one) => one.stepId === stepId);

const Volume = ({ shown }: { shown: OverlayStep }) => {
  const t = useTexts(mapTexts);
  const compared = useComparison(shown.stepId);
  return (
    <>
      <b className={classes.figure}>{formatNumber(shown.customers)}</b>
      <small>{shown.share === null ? "" : t("ofAll", { share: formatShare(shown.share) })}{shown.failures === null || shown.failures.customers === 0 ? "" : ` · ${t("failed", { count: shown.failures.customers })}`}</small>
      <ChangeMark lane={t("measured_volume")} change={compared?.share} say={sayPoints} />
      {shown.sharesWith.length > 0 && <small>{t("sharesWith")}</small>}
    </>
  );
};

const Effort = ({ shown: { stepId, effort } }: { shown: OverlayStep }) => {
  const t = useTexts(mapTexts);
  const change = useComparison(stepId)?.effort;
  if (effort === null) return <span className="quiet">–</span>;
  const isAsked = effort.kind === "asked";
  return (
    <>
      <b className={classes.figure}>{isAsked ? formatNumber(effort.mean * 100) : `${formatNumber(effort.perCustomer, 1)}×`}</b>
      <small>{isAsked ? t("easeAsked", { count: effort.count }) : t("easeRepeats")}</small>
      <ChangeMark lane={t("measured_effort")} change={change} say={isAsked ? sayPoints : sayTimes} better={isAsked ? "more" : "less"} />
    </>
  );
};

const Needs = ({ shown: { stepId, needs } }: { shown: OverlayStep }) => {
  const t = useTexts(mapTexts);
  const compared = useComparison(stepId)?.needs;
  if (needs.length === 0) return <span className="quiet">–</span>;
  return (
    <ul className={classes.needs}>
      {needs.slice(0, 3).map(({ need, met, unmet }) => (
        <li key={need}>
          <span>{t(`need_${need}`)}</span><span className={unmet > met ? classes.bad : classes.good}>{t("needCounts", { unmet, met })}</span>
          <ChangeMark lane={t(`need_${need}`)} change={compared?.find((one) => one.need === need)?.unmet} say={sayPoints} better="less" />
        </li>
      ))}
    </ul>
  );
};

const Promises = ({ shown: { stepId, promises } }: { shown: OverlayStep }) => {
  const t = useTexts(mapTexts);
  const change = useComparison(stepId)?.promises;
  if (promises === null) return <span className="quiet">–</span>;
  const all = promises.kept + promises.broken;
  return (
    <>
      <b className={classes.figure}>{all === 0 ? "–" : formatShare(promises.kept / all)}</b><small>{t("promisesKept", { count: all })}</small>
      <ChangeMark lane={t("measured_promises")} change={change} say={sayPoints} better="more" />
    </>
  );
};

const Next = ({ step, shown: { stepId: own, next, withinPlanned } }: { step: MapStep; shown: OverlayStep }) => {
  const t = useTexts(mapTexts);
  const compare = useTexts(compareTexts);
  const compared = useComparison(own);
  const { document } = useDrawing();
  if (next === null) return <span className="quiet">–</span>;
  const isParted = next.ways.length > 0;
  const nameOf = (stepId: string): string => document.steps.find(({ id }) => id === stepId)?.name ?? "";
  const sayWay = (medianSeconds: number | null, customers: number): string => (medianSeconds === null ? "–" : t("wayTaken", { time: sayDuration(medianSeconds), count: customers }));
  return (
    <>
      <b className={classes.figure}>{sayDuration(next.medianSeconds)}</b> <ChangeMark lane={t("measured_time")} change={compared?.time} say={sayLonger} />
      <small>{t(isParted ? "toNextOfWays" : "toNext", { name: nameOf(next.stepId), share: formatShare(next.share) })}</small>
      {isParted && <ul className={classes.needs}>{next.ways.map(({ stepId, customers, medianSeconds }) => <li key={stepId}><span>{nameOf(stepId)}</span><span>{sayWay(medianSeconds, customers)}</span></li>)}</ul>}
      {withinPlanned !== null && step.nextWithinHours !== null && <small>{t("withinPlanned", { share: formatShare(withinPlanned), time: sayDuration(step.nextWithinHours * 3_600) })}</small>}
      {withinPlanned !== null && <ChangeMark lane={compare("withinPlanned")} change={compared?.withinPlanned} say={sayPoints} better="more" />}
    </>
  );
};

