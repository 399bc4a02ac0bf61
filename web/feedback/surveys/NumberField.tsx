import { NumberInput, Select, TextInput } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";

type Limits = { label: string; min?: number; max?: number; isWhole?: boolean; isLabelHidden?: boolean; placeholder?: string };
type NumberFieldProps = Limits & ({ isRequired: true; value: number; onChange: (value: number) => void } | { isRequired?: false; value: number | undefined; onChange: (value: number | undefined) => void });

/** A number that is kept only while it is one; clearing takes the limit away where it may be missing. */
export const NumberField = (props: NumberFieldProps) => {
  const { label, min = -1e12, max = 1e12, isWhole = false, isLabelHidden = false, placeholder } = props;
  const take = (typed: number | string): void => {
    if (typeof typed === "number" && typed >= min && typed <= max) props.onChange(isWhole ? Math.round(typed) : typed);
    else if (typed === "" && props.isRequired !== true) props.onChange(undefined);
  };
  return (
    <NumberInput {...(isLabelHidden ? { "aria-label": label } : { label })} value={props.value ?? ""} min={min} max={max} allowDecimal={!isWhole} placeholder={placeholder ?? ""} hideControls onChange={take} />
  );
};

/** No limit, the day of answering, or one day. */
export const DayField = ({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) => {
  const t = useTexts(builderTexts);
  const kind = value === undefined ? "none" : value === "today" ? "today" : "day";
  const choose = (next: string | null): void => onChange(next === "today" ? "today" : next === "day" ? new Date().toISOString().slice(0, 10) : undefined);
  return (
    <div className={classes.stack}>
      <Select label={label} value={kind} allowDeselect={false} data={[{ value: "none", label: t("noLimit") }, { value: "today", label: t("today") }, { value: "day", label: t("oneDay") }]} onChange={choose} />
      {kind === "day" && (
        <TextInput type="date" aria-label={label} value={value ?? ""} onChange={(event) => /^\d{4}-\d\d-\d\d$/.test(event.currentTarget.value) && onChange(event.currentTarget.value)} />
      )}
    </div>
  );
};
