import { Card } from "../../ui/Card.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { DryRun } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import { RefusalList } from "./RefusalList.tsx";
import styles from "./Imports.module.css";

/** What a check of all rows found: how many fit, why others do not, and how each score is spread. */
export const DryRunCard = ({ dryRun }: { dryRun: DryRun }) => {
  const t = useTexts(importsTexts);
  const { earliest, latest } = dryRun;
  return (
    <Card title={t("checkTitle")} subtitle={t("checkedRows", { accepted: dryRun.accepted, rows: dryRun.rows })}>
      <div className={styles.stack}>
        <div className={styles.stats}>
          <Stat label={t("customers")} value={formatNumber(dryRun.customers)} />
          <Stat label={t("scoresAndComments")} value={formatNumber(dryRun.perceptions)} />
          <Stat label={t("refusedRows")} value={formatNumber(dryRun.refused)} />
        </div>
        {earliest !== null && latest !== null && <p className={styles.plain}>{t("between", { from: formatDayWithYear(new Date(earliest)), to: formatDayWithYear(new Date(latest)) })}</p>}
        {dryRun.withoutCustomer > 0 && <p className={styles.plain}>{t("withoutCustomer", { count: dryRun.withoutCustomer })}</p>}
        <RefusalList refusals={dryRun.refusals} />
        {dryRun.scores.length > 0 && (
          <div className={styles.tallies}>
            {dryRun.scores.map((score) => <Tally key={score.column} score={score} />)}
          </div>
        )}
      </div>
    </Card>
  );
};

const Tally = ({ score }: { score: DryRun["scores"][number] }) => {
  const t = useTexts(importsTexts);
  const most = Math.max(1, ...score.values.map(({ count }) => count));
  const answers = t("answers", { count: score.answers });
  return (
    <div className={styles.tally}>
      <strong>{score.column}</strong>
      <div className={styles.bars} role="img" aria-label={t("distribution", { column: score.column, answers: score.values.map(({ value, count }) => `${value}: ${count}`).join(", ") })}>
        {score.values.map(({ value, count }) => <span key={value} className={styles.bar} style={{ blockSize: `${(100 * count) / most}%` }} title={`${value}: ${formatNumber(count)}`} />)}
      </div>
      <span className={styles.ends}>
        <span>{score.values[0]?.value}</span>
        <span>{answers}, {t("mean", { mean: formatNumber(score.mean ?? 0, 2) })}</span>
        <span>{score.values.at(-1)?.value}</span>
      </span>
    </div>
  );
};
