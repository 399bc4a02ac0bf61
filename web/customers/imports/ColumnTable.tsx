import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { uses } from "./column-uses.rules.ts";
import { ColumnLine } from "./ColumnLine.tsx";
import { type ColumnUse, type ImportDetail, type MappedColumn, usePreview } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";

const filterFrom = 12;

/** One line per column: its values and what it means. */
export const ColumnTable = ({ detail, onChange }: { detail: ImportDetail; onChange: (columns: MappedColumn[]) => void }) => {
  const t = useTexts(importsTexts);
  const preview = usePreview(detail.id);
  const [wanted, setWanted] = useState("");
  const { columns } = detail.mapping;
  const found = new Map(preview.data?.columns.map((column) => [column.name, column]));
  const [meaning, setMeaning] = useState("");
  const shown = columns.filter(({ column, use }) => (meaning === "" || use.use === meaning) && `${column} ${found.get(column)?.label ?? ""}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const change = (name: string, use: ColumnUse): void => onChange(columns.map((column) => (column.column === name ? { ...column, use } : column)));
  const filter = columns.length >= filterFrom && (
    <div className={styles.filters}>
      <NativeSelect
        size="xs"
        aria-label={t("filterMeaning")}
        value={meaning}
        onChange={(event) => setMeaning(event.currentTarget.value)}
        data={[{ value: "", label: t("everyMeaning") }, ...uses.filter((use) => columns.some((column) => column.use.use === use)).map((value) => ({ value, label: t(`use_${value}`) }))]}
      />
      <TextInput size="xs" aria-label={t("filter")} placeholder={t("filter")} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
    </div>
  );
  // Until the first rows are read every column would look empty. When they cannot be, the table beside says so and meanings can still be chosen.
  if (preview.isPending) return <Card title={t("columnsTitle")}><Loading kind="rows" /></Card>;
  return (
    <Card title={t("columnsTitle")} {...(preview.data !== undefined && { subtitle: t("columnsBody", { sampled: preview.data.sampled }) })} aside={filter}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("tableOf", { title: t("columnsTitle") })}>
        <table className={`${styles.grid} ${styles.stacked}`}>
          <thead>
            <tr>
              <th>{t("column")}</th>
              <th>{t("examples")}</th>
              <th>{t("means")}</th>
              <th>{t("details")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => <ColumnLine key={column.column} mapped={column} shown={found.get(column.column)} onChange={(use) => change(column.column, use)} />)}
          </tbody>
        </table>
      </div>
      {shown.length < columns.length && <p className={styles.plain}>{t("shownColumns", { shown: shown.length, total: columns.length })}</p>}
    </Card>
  );
};
