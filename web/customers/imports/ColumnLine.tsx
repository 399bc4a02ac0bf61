import { NativeSelect, TextInput } from "@mantine/core";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { uses, meaningOf } from "./column-uses.rules.ts";
import type { ColumnUse, MappedColumn, PreviewReply } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import styles from "./Imports.module.css";
import { ScoreFields } from "./ScoreFields.tsx";

const kinds = ["user", "email", "phone", "anonymous", "external"] as const;

type ColumnLineProps = { mapped: MappedColumn; shown: PreviewReply["columns"][number] | undefined; onChange: (use: ColumnUse) => void };

export const ColumnLine = ({ mapped, shown, onChange }: ColumnLineProps) => {
  const t = useTexts(importsTexts);
  const { column, use } = mapped;
  const choose = (chosen: string): void => {
    const name = uses.find((candidate) => candidate === chosen);
    if (name !== undefined) onChange(meaningOf(name, column));
  };
  return (
    <tr className={use.use === "ignore" ? styles.unused : ""}>
      <td className={styles.name}>
        {column}
        {shown?.label != null && <span className={styles.label}>{shown.label}</span>}
      </td>
      <td className={styles.examples}>
        {shown === undefined || shown.examples.length === 0 ? <span className="quiet">{t("empty")}</span> : shown.examples.join(" · ")}
        {shown !== undefined && shown.filledShare > 0 && shown.filledShare < 0.995 && <span className={styles.label}>{t("filled", { share: formatShare(shown.filledShare) })}</span>}
      </td>
      <td className={styles.means}>
        <NativeSelect
          size="xs"
          aria-label={t("meaningOf", { column })}
          value={use.use}
          onChange={(event) => choose(event.currentTarget.value)}
          data={uses.map((value) => ({ value, label: t(`use_${value}`) }))}
        />
      </td>
      <td className={styles.details}>
        <Details column={column} use={use} hasTexts={isOfTexts(shown?.examples ?? [])} onChange={onChange} />
      </td>
    </tr>
  );
};

const isOfTexts = (examples: readonly string[]): boolean => examples.length > 0 && examples.every((example) => !/\d/.test(example));

type DetailsProps = { column: string; use: ColumnUse; hasTexts: boolean; onChange: (use: ColumnUse) => void };

const Details = ({ column, use, hasTexts, onChange }: DetailsProps) => {
  const t = useTexts(importsTexts);
  if (use.use === "score") return <ScoreFields column={column} use={use} hasTexts={hasTexts} onChange={onChange} />;
  if (use.use === "customer") {
    return (
      <NativeSelect
        size="xs"
        className={styles.kind}
        aria-label={t("kindOf", { column })}
        value={use.kind}
        onChange={(event) => onChange({ ...use, kind: kinds.find((kind) => kind === event.currentTarget.value) ?? "user" })}
        data={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
      />
    );
  }
  if (use.use !== "trait" && use.use !== "property") return null;
  const rename = (name: string): void => {
    if (name.trim() !== "" && name !== use.name) onChange({ ...use, name: name.trim().slice(0, 100) });
  };
  return <TextInput key={use.name} size="xs" className={styles.wide} aria-label={t("nameOf", { column })} defaultValue={use.name} onBlur={(event) => rename(event.currentTarget.value)} />;
};
