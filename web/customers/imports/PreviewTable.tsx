import { Card } from "../../ui/Card.tsx";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { formatMoment } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { type ImportDetail, type PreviewRow, usePreview } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

const shownScores = 6;

/** The first rows as the facts and feelings they would become, or why not. */
export const PreviewTable = ({ detail }: { detail: ImportDetail }) => {
  const t = useTexts(importsTexts);
  const preview = usePreview(detail.id);
  return (
    <Card title={t("previewTitle")}>
      {preview.isPending && <Loading kind="rows" />}
      {preview.error !== null && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data !== undefined && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("tableOf", { title: t("previewTitle") })} style={{ maxBlockSize: 260 }}>
          <table className={`${styles.grid} ${styles.top}`}>
            <thead>
              <tr>
                <th>{t("row")}</th>
                <th>{t("time")}</th>
                <th>{t("customer")}</th>
                <th>{t("happened")}</th>
                <th>{t("place")}</th>
                <th>{t("channel")}</th>
                <th>{t("feelings")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.data.rows.map((row) => <PreviewLine key={row.number} row={row} />)}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};

const PreviewLine = ({ row }: { row: PreviewRow }) => {
  const t = useTexts(importsTexts);
  const { becomes, problem } = row;
  if (becomes === null) {
    return (
      <tr>
        <td className="numeric">{formatNumber(row.number)}</td>
        <td colSpan={6} className={styles.problem}>{t("refused")}: {problem?.reason}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td className="numeric">{formatNumber(row.number)}</td>
      <td className={styles.moment}>{formatMoment(new Date(becomes.at))}</td>
      <td>{becomes.customer === null ? <span className="quiet">{t("nobody")}</span> : <Customer subject={becomes.customer} />}</td>
      <td>{becomes.event}</td>
      <td>{becomes.touchpoint}</td>
      <td>{becomes.channel !== null && nameOfChannel(becomes.channel)}</td>
      <td>
        <div className={styles.feelings}>
          {mainFirst(becomes.scores).slice(0, shownScores).map((score) => (
            <span key={score.column}><span className="quiet">{score.column}</span> <strong>{score.value}</strong></span>
          ))}
          {becomes.scores.length > shownScores && <span className="quiet">+{becomes.scores.length - shownScores}</span>}
          {becomes.comments.map((comment) => <span key={comment} className={styles.comment}>{comment}</span>)}
        </div>
      </td>
    </tr>
  );
};

/** "external:crm:7" is customer 7 of crm; the other kinds are told by their look. */
const Customer = ({ subject }: { subject: string }) => {
  const [kind = "", ...rest] = subject.split(":");
  if (kind !== "external") return rest.join(":");
  return <>{rest.slice(1).join(":")} <span className="quiet">{rest[0]}</span></>;
};

type Score = NonNullable<PreviewRow["becomes"]>["scores"][number];

const mainFirst = (scores: readonly Score[]): Score[] => scores.toSorted((first, second) => Number(first.kind === "rating") - Number(second.kind === "rating"));
