import type { OverlayDifference } from "@firsthand/server/journeys/overlays/overlays.contract";
import { useTexts } from "../../ui/texts.ts";
import { compareTexts } from "./compare.texts.ts";
import classes from "./Compare.module.css";

type ChangeMarkProps = { lane: string; change: OverlayDifference | null | undefined; say: (value: number) => string; /** Whether more is better; where neither is, left out. */ better?: "more" | "less" };

/** How a figure differs from the one the map is compared with; nothing where nothing can be told. */
export const ChangeMark = ({ lane, change, say, better }: ChangeMarkProps) => {
  const t = useTexts(compareTexts);
  if (change === null || change === undefined) return null;
  const isGood = better !== undefined && change.difference > 0 === (better === "more");
  const tone = !change.isSignificant || better === undefined ? "delta-even" : isGood ? "delta-good" : "delta-bad";
  const value = say(change.difference);
  return (
    <span className={classes.change}>
      <span className={`delta ${tone}`} title={sayChange(lane, change, say)}>{change.isSignificant ? value : t("maybe", { value })}</span>
    </span>
  );
};

/** The whole of a difference in one sentence. */
export const sayChange = (lane: string, { difference, low, high, isSignificant }: OverlayDifference, say: (value: number) => string): string =>
  compareTexts.say("whole", { lane, value: say(difference), low: say(low), high: say(high), verdict: compareTexts.say(isSignificant ? "beyondChance" : "maybeChance") });
