import { ActionIcon, Select } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import type { MapColumn } from "./grid.rules.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";

type PhoneStepsProps = { columns: readonly MapColumn[]; at: number; onGo: (at: number) => void };

/** On a phone one step is shown at a time; this goes from one to the next. */
export const PhoneSteps = ({ columns, at, onGo }: PhoneStepsProps) => {
  const t = useTexts(mapTexts);
  const here = Math.min(at, columns.length - 1);
  return (
    <nav className={classes.stepper} aria-label={t("stepsOfMap")}>
      <ActionIcon variant="default" size={36} aria-label={t("previousStep")} disabled={here === 0} onClick={() => onGo(here - 1)}><IconChevronLeft size={18} aria-hidden /></ActionIcon>
      <Select aria-label={t("step")} data={columns.map(({ step, stage }, place) => ({ value: String(place), label: `${place + 1}/${columns.length} ${step?.name ?? stage.name}` }))} value={String(here)} allowDeselect={false} onChange={(value) => onGo(Number(value))} />
      <ActionIcon variant="default" size={36} aria-label={t("nextStep")} disabled={here === columns.length - 1} onClick={() => onGo(here + 1)}><IconChevronRight size={18} aria-hidden /></ActionIcon>
    </nav>
  );
};
