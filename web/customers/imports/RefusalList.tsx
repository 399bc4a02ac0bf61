import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { ImportDetail } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

/** Why rows are refused, with how many each reason has and the first of them. */
export const RefusalList = ({ refusals }: { refusals: ImportDetail["refusals"] }) => {
  const t = useTexts(importsTexts);
  if (refusals.length === 0) return null;
  return (
    <ul className={styles.refusals}>
      {refusals.map(({ code, count, example }) => (
        <li key={code}>{formatNumber(count)} × {t("reasonAndExample", { reason: example.reason, row: example.row })}</li>
      ))}
    </ul>
  );
};
