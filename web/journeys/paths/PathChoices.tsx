import { MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { writeList } from "./path-filters.ts";
import { type Change, cuts, levels, type PathsMeant, readMinutes, usualMinutes, withoutNames } from "./paths-search.ts";
import { pathsTexts } from "./paths.texts.ts";

const levelLabels = { touchpoint: "levelTouchpoint", name: "levelName", stage: "levelStage" } as const;
const cutLabels = { customer: "cutCustomer", session: "cutSession", object: "cutObject", touchpoint: "cutTouchpoint" } as const;

type PathChoicesProps = { search: PathsMeant; names: readonly string[]; onChange: Change };

/** What counts as a step, and where one path ends and the next begins. */
export const PathChoices = ({ search, names, onChange }: PathChoicesProps) => {
  const t = useTexts(pathsTexts);
  const { level, cut, gapMinutes, start, end } = search;
  return (
    <div className="paths-choices">
      <Select size="xs" label={t("level")} value={level} data={levels.map((one) => ({ value: one, label: t(levelLabels[one]) }))} onChange={(one) => onChange({ level: one === "touchpoint" ? undefined : (one ?? undefined), ...withoutNames })} allowDeselect={false} />
      <Select size="xs" label={t("cut")} value={cut} data={cuts.map((one) => ({ value: one, label: t(cutLabels[one]) }))} onChange={(one) => onChange({ cut: one === "customer" ? undefined : (one ?? undefined) })} allowDeselect={false} />
      {cut === "session" && <MinutesField value={gapMinutes ?? String(usualMinutes)} onChange={(minutes) => onChange({ gapMinutes: minutes })} />}
      {cut === "object" && <ObjectField value={search.object ?? ""} onChange={(object) => onChange({ object })} />}
      {cut === "touchpoint" && (
        <>
          <MultiSelect size="xs" label={t("start")} placeholder={start.length === 0 ? t("anywhere") : ""} value={[...start]} data={[...new Set([...names, ...start])]} maxValues={10} limit={200} onChange={(some) => onChange({ start: writeList(some) })} searchable />
          <MultiSelect size="xs" label={t("end")} placeholder={end.length === 0 ? t("anywhere") : ""} value={[...end]} data={[...new Set([...names, ...end])]} maxValues={10} limit={200} onChange={(some) => onChange({ end: writeList(some) })} searchable />
        </>
      )}
    </div>
  );
};

// Asked for when it is written whole, not with every letter.
const ObjectField = ({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) => {
  const t = useTexts(pathsTexts);
  const { text, type, send } = useTyped(value, (typed) => typed.trim(), (object) => onChange(object === "" ? undefined : object));
  return <TextInput size="xs" label={t("object")} title={t("objectHint")} value={text} maxLength={200} onChange={(event) => type(event.currentTarget.value)} onBlur={send} onKeyDown={(event) => event.key === "Enter" && send()} />;
};

const MinutesField = ({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) => {
  const t = useTexts(pathsTexts);
  const { text, type, send } = useTyped(value, (typed) => readMinutes(typed) ?? String(usualMinutes), (minutes) => onChange(readMinutes(minutes)));
  return <NumberInput size="xs" label={t("gapMinutes")} value={text} min={1} max={100_000} clampBehavior="none" allowDecimal={false} onChange={(typed) => type(String(typed))} onBlur={send} onKeyDown={(event) => event.key === "Enter" && send()} />;
};

/** What is typed until the address says it: the field stays the same one, so that Enter does not take the focus from it. */
const useTyped = (value: string, read: (text: string) => string, onSend: (value: string) => void) => {
  const [typed, type] = useState<string | null>(null);
  if (typed === value) type(null);
  const send = (): void => {
    if (typed === null) return;
    const sent = read(typed);
    type(sent);
    if (sent !== value) onSend(sent);
  };
  return { text: typed ?? value, type, send };
};
