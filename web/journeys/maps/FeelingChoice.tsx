import { ChoiceRow } from "../../ui/ChoiceRow.tsx";
import { useTexts } from "../../ui/texts.ts";
import { faces } from "./faces.ts";
import { mapTexts } from "./map.texts.ts";

type FeelingChoiceProps = { label: string; size?: number; value: number | null; onChange: (value: number | null) => void; isDisabled?: boolean };

/** A feeling from very bad to very good, or none. */
export const FeelingChoice = ({ label, size = 20, value, onChange, isDisabled = false }: FeelingChoiceProps) => {
  const t = useTexts(mapTexts);
  const choices = faces.map(({ value: one, icon: Face, word, tone }) => ({ value: one, label: t(word), tone, picture: <Face size={size} stroke={1.8} aria-hidden /> }));
  return <ChoiceRow<number> label={label} choices={choices} value={value} onChange={onChange} isClearable isDisabled={isDisabled} />;
};
