import { Tooltip } from "@mantine/core";
import { formatChange } from "./numbers.ts";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type DeltaProps = {
  change: number;
  isSignificant: boolean;
  /** False where less is better: effort, waiting time. */
  isMoreBetter?: boolean;
  digits?: number;
  unit?: string;
};

/** A change since before: coloured only when it is more than chance. */
export const Delta = ({ change, isSignificant, isMoreBetter = true, digits = 1, unit = "" }: DeltaProps) => {
  const t = useTexts(uiTexts);
  const shown = `${formatChange(change, digits)}${unit}`;
  const isGood = change === 0 ? null : change > 0 === isMoreBetter;
  const tone = !isSignificant || isGood === null ? "even" : isGood ? "good" : "bad";
  return (
    <Tooltip label={isSignificant ? t("significant") : t("notSignificant")} multiline w={240}>
      <span className={`delta delta-${tone}`}>{isSignificant ? shown : `≈ ${shown}`}</span>
    </Tooltip>
  );
};
