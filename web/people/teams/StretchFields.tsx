import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { useTexts } from "../../ui/texts.ts";
import { newRow, type Row, wrongIn } from "./team-form.ts";
import { teamsTexts } from "./teams.texts.ts";

type StretchFieldsProps = {
  legend: string;
  help: string;
  addLabel: string;
  rows: readonly Row[];
  isReadOnly: boolean;
  /** Whether what is wrong is shown. */
  isChecked: boolean;
  /** What a row is about, in words. */
  nameOf: (row: Row) => string;
  /** The field that says what a row is about. */
  field: (row: Row, onChange: (what: string) => void, error: string | undefined) => ReactNode;
  onChange: (rows: Row[]) => void;
};

/** Stretches of days, one a row, each of something. */
export const StretchFields = ({ legend, help, addLabel, rows, isReadOnly, isChecked, nameOf, field, onChange }: StretchFieldsProps) => {
  const t = useTexts(teamsTexts);
  const adder = useRef<HTMLButtonElement>(null);
  const put = (key: string, patch: Partial<Row>): void => onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  const remove = (key: string): void => {
    onChange(rows.filter((row) => row.key !== key));
    // The button that was pressed is gone with its row.
    adder.current?.focus();
  };
  return (
    <fieldset className="stretches">
      <legend>{legend}</legend>
      <p className="quiet">{help}</p>
      {rows.map((row) => {
        const wrong = isChecked ? wrongIn(row) : null;
        const about = nameOf(row) || t("somebody");
        return (
          <div key={row.key} className="stretch">
            {field(row, (what) => put(row.key, { what }), wrong === "rowMissing" ? t(wrong) : undefined)}
            <TextInput type="date" size="xs" aria-label={`${t("from")}: ${about}`} description={row.from === "" ? t("noFrom") : t("from")} inputWrapperOrder={["input", "description", "error"]} value={row.from} readOnly={isReadOnly}
              onChange={(event) => put(row.key, { from: event.currentTarget.value })} />
            <TextInput type="date" size="xs" aria-label={`${t("until")}: ${about}`} description={row.until === "" ? t("noUntil") : t("until")} inputWrapperOrder={["input", "description", "error"]} value={row.until} readOnly={isReadOnly}
              error={wrong === "daysWrong" ? t(wrong) : undefined} onChange={(event) => put(row.key, { until: event.currentTarget.value })} />
            {!isReadOnly && (
              <ActionIcon variant="subtle" size={30} aria-label={t("removeRow", { what: about })} onClick={() => remove(row.key)}>
                <IconTrash size={15} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {!isReadOnly && (
        <Button ref={adder} variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...rows, newRow()])}>
          {addLabel}
        </Button>
      )}
    </fieldset>
  );
};
