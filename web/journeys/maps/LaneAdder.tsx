import { Button, Menu } from "@mantine/core";
import { IconChartDots, IconPlus } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { useDrawingVerbs } from "./drawing-verbs.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { laneKinds, measuredLanes } from "./parts.rules.ts";

/** Adds stages and lanes, and says which lanes from data are shown. */
export const LaneAdder = () => {
  const t = useTexts(mapTexts);
  const { document, edit } = useDrawing();
  const verbs = useDrawingVerbs();
  const toggle = (lane: (typeof measuredLanes)[number]): void =>
    edit([{ do: "measure", lanes: measuredLanes.filter((one) => (one === lane ? !document.measured.includes(one) : document.measured.includes(one))) }]);
  return (
    <div className={classes.adder}>
      <Menu position="top-start" shadow="md">
        <Menu.Target><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />}>{t("addLane")}</Button></Menu.Target>
        <Menu.Dropdown>{laneKinds.map((kind) => <Menu.Item key={kind} onClick={() => verbs.addLane(kind)}>{t(`lane_${kind}`)}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => verbs.addStage(null)}>{t("addStage")}</Button>
      <Menu position="top-start" shadow="md" closeOnItemClick={false}>
        <Menu.Target><Button variant="default" size="compact-sm" leftSection={<IconChartDots size={14} aria-hidden />}>{t("fromData")}</Button></Menu.Target>
        <Menu.Dropdown>{measuredLanes.map((lane) => <Menu.CheckboxItem key={lane} checked={document.measured.includes(lane)} onChange={() => toggle(lane)}>{t(`measured_${lane}`)}</Menu.CheckboxItem>)}</Menu.Dropdown>
      </Menu>
    </div>
  );
};
