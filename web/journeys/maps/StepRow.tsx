import { ActionIcon, Menu } from "@mantine/core";
import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { IconArrowLeft, IconArrowRight, IconDots, IconGitFork, IconGitMerge, IconLayoutSidebarRightExpand, IconPencil, IconPlus, IconStarFilled, IconTrash, IconZoomInArea } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDragged, useDropPlace } from "../../ui/DropOnto.tsx";
import { useTexts } from "../../ui/texts.ts";
import { stepsRow } from "./grid.rules.ts";
import type { DifferenceKind } from "./difference.rules.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { NameField } from "./NameField.tsx";
import { StepMarks } from "./StepMarks.tsx";
import { useDetailVerbs } from "./detail-verbs.ts";
import { useDrawingVerbs } from "./drawing-verbs.ts";
import { useForkVerbs } from "./fork-verbs.ts";
import { type WayMark, waysOf } from "./ways.rules.ts";
import { WayStrip } from "./WayStrip.tsx";

/** The steps, one to a column. */
export const StepRow = ({ tags }: { tags?: ReadonlyMap<string, DifferenceKind> | undefined }) => {
  const t = useTexts(mapTexts);
  const { columns, document } = useDrawing();
  const ways = useMemo(() => waysOf(document.steps), [document.steps]);
  return (
    <tr className={classes.steps}>
      <th scope="row" className={classes.label}>{t("step")}</th>
      {columns.map(({ stage, step }, column) => (step === null ? <EmptyStage key={stage.id} stageId={stage.id} column={column} /> : <StepCell key={step.id} step={step} column={column} tag={tags?.get(step.id)} way={ways.get(step.id)} />))}
    </tr>
  );
};

const EmptyStage = ({ stageId, column }: { stageId: string; column: number }) => {
  const t = useTexts(mapTexts);
  const { mayWrite, stop } = useDrawing();
  const verbs = useDrawingVerbs();
  const isCurrent = stop.row === stepsRow && stop.column === column;
  return (
    <th scope="col" className={classes.step}>
      {mayWrite ? <button type="button" className={classes.add} data-stop={`${stepsRow}|${column}|0`} tabIndex={isCurrent ? 0 : -1} onClick={() => verbs.addStep(stageId, null)}>{t("addStep")}</button>
        : <span className="quiet">{t("noStep")}</span>}
    </th>
  );
};

const StepCell = ({ step, column, tag, way }: { step: MapStep; column: number; tag: DifferenceKind | undefined; way: WayMark | undefined }) => {
  const t = useTexts(mapTexts);
  const { mayWrite, writing, stop, openStep } = useDrawing();
  const verbs = useDrawingVerbs();
  const { attach: attachDragged, listeners, style } = useDragged(`step:${step.id}`, !mayWrite);
  const { attach: attachPlace, isOver } = useDropPlace(`step:${step.id}`, !mayWrite);
  const isCurrent = stop.row === stepsRow && stop.column === column;
  const isWriting = writing?.part === "step" && writing.id === step.id;
  return (
    <th scope="col" ref={attachPlace} className={`${classes.step} ${tag === "gone" ? classes.isGone : ""} ${isOver ? classes.over : ""}`}>
      {way !== undefined && <WayStrip stepId={step.id} way={way} />}
      {isWriting ? <NameField label={t("nameOfStep")} start={step.name} onDone={(name, isByKey, was) => verbs.rename("step", step.id, was, name, isByKey)} /> : (
        <div className={classes.head} ref={attachDragged} style={style}>
          <button type="button" className={classes.headName} data-stop={`${stepsRow}|${column}|0`} data-part={`step:${step.id}`} tabIndex={isCurrent ? 0 : -1} dir="auto" {...listeners} onClick={() => openStep(step.id)}>
            {step.isMomentOfTruth && <IconStarFilled size={13} className={classes.truth ?? ""} aria-hidden />}
            {step.name}
            {step.isMomentOfTruth && <span className="sr-only"> {t("isMomentOfTruth")}</span>}
          </button>
          {mayWrite && <StepMenu step={step} isCurrent={isCurrent} isWay={way !== undefined} />}
        </div>
      )}
      <StepMarks step={step} tag={tag} />
      {step.childMapId !== null && <Link className={classes.childLink ?? ""} to="/maps/$mapId" params={{ mapId: step.childMapId }} tabIndex={isCurrent ? 0 : -1}>{t("openChildMap")}</Link>}
    </th>
  );
};

const StepMenu = ({ step, isCurrent, isWay }: { step: MapStep; isCurrent: boolean; isWay: boolean }) => {
  const t = useTexts(mapTexts);
  const { write, openStep, document } = useDrawing();
  const before = document.steps[document.steps.findIndex(({ id }) => id === step.id) - 1];
  const verbs = useDrawingVerbs();
  const forks = useForkVerbs();
  const { drawInDetail } = useDetailVerbs();
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} className={classes.headMenu ?? ""} tabIndex={isCurrent ? 0 : -1} aria-label={t("moreAbout", { name: step.name })}><IconDots size={15} aria-hidden /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLayoutSidebarRightExpand size={14} aria-hidden />} onClick={() => openStep(step.id)}>{t("details")}</Menu.Item>
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => write({ part: "step", id: step.id })}>{t("rename")}</Menu.Item>
        <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => verbs.addStep(step.stageId, step.id)}>{t("addStepAfter")}</Menu.Item>
        <Menu.Item leftSection={<IconGitFork size={14} aria-hidden />} onClick={() => forks.addAlternative(step.id)}>{t("addAlternative")}</Menu.Item>
        {step.childMapId === null && <Menu.Item leftSection={<IconZoomInArea size={14} aria-hidden />} onClick={() => drawInDetail(step)}>{t("drawInDetail")}</Menu.Item>}
        {isWay && <Menu.Label maw={260}>{t("waysFlat")}</Menu.Label>}
        {!isWay && before?.stageId === step.stageId && <Menu.Item leftSection={<IconGitFork size={14} aria-hidden />} onClick={() => forks.joinBefore(step)}>{t("alternativeTo", { name: before.name })}</Menu.Item>}
        {isWay && <Menu.Item leftSection={<IconGitMerge size={14} aria-hidden />} onClick={() => forks.leaveFork(step)}>{t("noAlternative")}</Menu.Item>}
        <Menu.Item leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={() => verbs.move("step", step.id, "left")}>{t("moveLeft")}</Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={14} aria-hidden />} onClick={() => verbs.move("step", step.id, "right")}>{t("moveRight")}</Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => verbs.remove("step", step.id, step.name)}>{t("remove")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
