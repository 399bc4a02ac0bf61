import { ActionIcon, Menu } from "@mantine/core";
import type { MapStage } from "@firsthand/server/journeys/maps/document.contract";
import { IconArrowLeft, IconArrowRight, IconDots, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useDragged, useDropPlace } from "../../ui/DropOnto.tsx";
import { useTexts } from "../../ui/texts.ts";
import { stageSpans, stagesRow } from "./grid.rules.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { NameField } from "./NameField.tsx";
import { useDrawingVerbs } from "./drawing-verbs.ts";

/** The stages, each over its steps. */
export const StageRow = () => {
  const t = useTexts(mapTexts);
  const { columns } = useDrawing();
  return (
    <tr className={classes.stages}>
      <th scope="row" className={classes.label}>{t("stage")}</th>
      {stageSpans(columns).map(({ stage, column, span }) => <StageCell key={stage.id} stage={stage} column={column} span={span} />)}
    </tr>
  );
};

const StageCell = ({ stage, column, span }: { stage: MapStage; column: number; span: number }) => {
  const t = useTexts(mapTexts);
  const { mayWrite, writing, write, stop } = useDrawing();
  const verbs = useDrawingVerbs();
  const { attach: attachDragged, listeners, style } = useDragged(`stage:${stage.id}`, !mayWrite);
  const { attach: attachPlace, isOver } = useDropPlace(`stage:${stage.id}`, !mayWrite);
  const isCurrent = stop.row === stagesRow && stop.column === column;
  const isWriting = writing?.part === "stage" && writing.id === stage.id;
  return (
    <th scope="colgroup" colSpan={span} ref={attachPlace} className={`${classes.stage} ${isOver ? classes.over : ""}`}>
      {isWriting ? <NameField label={t("nameOfStage")} start={stage.name} onDone={(name, isByKey, was) => verbs.rename("stage", stage.id, was, name, isByKey)} /> : (
        <div className={classes.head} ref={attachDragged} style={style}>
          <button type="button" className={classes.headName} data-stop={`${stagesRow}|${column}|0`} data-part={`stage:${stage.id}`} tabIndex={isCurrent ? 0 : -1} dir="auto"
            {...listeners} disabled={false} aria-disabled={!mayWrite || undefined} onClick={() => mayWrite && write({ part: "stage", id: stage.id })}>
            {stage.name}
          </button>
          {mayWrite && (
            <Menu position="bottom-end" shadow="md" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size={24} className={classes.headMenu ?? ""} tabIndex={isCurrent ? 0 : -1} aria-label={t("moreAbout", { name: stage.name })}><IconDots size={15} aria-hidden /></ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => write({ part: "stage", id: stage.id })}>{t("rename")}</Menu.Item>
                <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => verbs.addStep(stage.id, null)}>{t("addStep")}</Menu.Item>
                <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => verbs.addStage(stage.id)}>{t("addStageAfter")}</Menu.Item>
                <Menu.Item leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={() => verbs.move("stage", stage.id, "left")}>{t("moveLeft")}</Menu.Item>
                <Menu.Item leftSection={<IconArrowRight size={14} aria-hidden />} onClick={() => verbs.move("stage", stage.id, "right")}>{t("moveRight")}</Menu.Item>
                <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => verbs.remove("stage", stage.id, stage.name)}>{t("remove")}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      )}
    </th>
  );
};
