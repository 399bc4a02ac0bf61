import { useTexts } from "../../ui/texts.ts";
import type { ImportItem } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

type State = ImportItem["state"];

const tones: Record<State, string | undefined> = {
  ready: undefined,
  checking: styles.busy,
  queued: styles.busy,
  running: styles.busy,
  paused: undefined,
  done: styles.good,
  failed: styles.bad,
  undoing: styles.busy,
  undone: undefined,
};

/** Where an import stands, in a word. */
export const StateBadge = ({ state }: { state: State }) => {
  const t = useTexts(importsTexts);
  return <span className={`${styles.state} ${tones[state] ?? ""}`}>{t(`state_${state}`)}</span>;
};
