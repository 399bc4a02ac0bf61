import { NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { cuts, levels, readMinutes, usualMinutes, type ViewProps } from "./paths-search.ts";
import { pathsTexts } from "./paths.texts.ts";

const levelLabels = { touchpoint: "levelTouchpoint", name: "levelName", stage: "levelStage" } as const;
const cutLabels = { customer: "cutCustomer", session: "cutSession", object: "cutObject", touchpoint: "cutTouchpoint" } as const;

/** What counts as a step, and where one path ends and the next begins. */
export const PathChoices = ({ search, names, onChange }: ViewProps) => {
  const t = useTexts(pathsTexts);
  const { level, cut, gapMinutes, start, end, tab } = search;
  return (
    <Card className="paths-card">
      <div className="paths-choices">
        <Select size="xs" label={t("level")} value={level} data={levels.map((one) => ({ value: one, label: t(levelLabels[one]) }))} onChange={(one) => onChange({ level: one === "touchpoint" ? undefined : (one ?? undefined), ...withoutNames })} allowDeselect={false} />
        {tab !== "return" && <Select size="xs" label={t("cut")} value={cut} data={cuts.map((one) => ({ value: one, label: t(cutLabels[one]) }))} onChange={(one) => onChange({ cut: one === "customer" ? undefined : (one ?? undefined) })} allowDeselect={false} />}
        {tab !== "return" && cut === "session" && <MinutesField value={gapMinutes ?? String(usualMinutes)} onChange={(minutes) => onChange({ gapMinutes: minutes })} />}
        {tab !== "return" && cut === "object" && <ObjectField value={search.object ?? ""} onChange={(object) => onChange({ object })} />}
        {tab !== "return" && cut === "touchpoint" && (
          <>
            <Select size="xs" label={t("start")} placeholder={t("anywhere")} value={start ?? null} data={[...names]} onChange={(one) => onChange({ start: one ?? undefined })} searchable clearable clearButtonProps={{ "aria-label": t("clear") }} />
            <Select size="xs" label={t("end")} placeholder={t("anywhere")} value={end ?? null} data={[...names]} onChange={(one) => onChange({ end: one ?? undefined })} searchable clearable clearButtonProps={{ "aria-label": t("clear") }} />
          </>
        )}
      </div>
    </Card>
  );
};

// Names of one level mean nothing on another.
const withoutNames = { startsWith: undefined, endsWith: undefined, passes: undefined, avoids: undefined, repeats: undefined, followsFirst: undefined, followsThen: undefined, variant: undefined, steps: undefined, start: undefined, end: undefined, first: undefined, back: undefined };

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
