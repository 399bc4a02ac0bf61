import { Card } from "../../ui/Card.tsx";
import { type Translate, useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import type { ImportColumn, ResponsePreview, SurveyDefinition } from "./conversions.data.ts";
import { type ConversionsWords, conversionsTexts } from "./conversions.texts.ts";

type ResponseColumnsProps = { preview: ResponsePreview; fileName: string; definition: SurveyDefinition };

/** Where each column of a file of responses goes, and what of it fits nothing; unknown columns first. */
export const ResponseColumns = ({ preview, fileName, definition }: ResponseColumnsProps) => {
  const t = useTexts(conversionsTexts);
  const day = (at: string | null): string => (at === null ? "" : new Date(at).toLocaleDateString());
  const rank = (column: ImportColumn): number => (column.use === "unknown" ? 0 : column.unmatched.length > 0 ? 1 : column.use === "ignored" ? 3 : 2);
  return (
    <Card
      title={t("found", { name: fileName })}
      subtitle={preview.usable === 0 ? t("foundNone", { rows: preview.rows }) : t("foundOf", { usable: preview.usable, rows: preview.rows, earliest: day(preview.earliest), latest: day(preview.latest) })}
    >
      {preview.refused.length > 0 && <p className={styles.note}>{t("leftOut")}: {preview.refused.map(({ reason, count }) => t("leftOutRows", { count, reason })).join(" ")}</p>}
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("found", { name: fileName })}>
        <table className={styles.table}>
          <thead>
            <tr><th scope="col">{t("column")}</th><th scope="col">{t("goesTo")}</th><th scope="col" className={styles.number}>{t("cells")}</th><th scope="col">{t("unmatched")}</th></tr>
          </thead>
          <tbody>
            {preview.columns.toSorted((one, other) => rank(one) - rank(other)).map((column, index) => (
              <tr key={`${column.name} ${index}`}>
                <th scope="row" dir="auto">{column.name}</th>
                <td dir="auto">{goalOf(column, definition, t)}</td>
                <td className={styles.number}>{column.answers.toLocaleString()}</td>
                <td dir="auto">{column.unmatched.map(({ value, count }) => `${value} (${count})`).join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
};

const goalOf = (column: ImportColumn, definition: SurveyDefinition, t: Translate<ConversionsWords>): string => {
  if (column.use !== "answer") return t(`use_${column.use}`);
  const place = definition.questions.findIndex((question) => question.id === column.questionId);
  const title = definition.questions[place]?.title[definition.languages[0] ?? "en"] ?? column.questionId ?? "";
  return t("use_answer", { question: `${place + 1}: ${title.slice(0, 80)}` });
};
