import { Select, SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Survey } from "../surveys/surveys.data.ts";
import { savePlacement, useSegmentNames, type ShownPlacement, type WidgetPlacement } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";
import { TriggerList } from "./TriggerList.tsx";

const AGAIN_DAYS = [0, 30, 90, 180, 365];
const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

export const PlacementCard = ({ survey, shown, isReadOnly }: { survey: Survey; shown: ShownPlacement; isReadOnly: boolean }) => {
  const t = useTexts(widgetsTexts);
  const { abilities } = useSession();
  const segments = useSegmentNames(abilities.includes("segments.read"));
  const [placement, setPlacement] = useState(shown.placement);
  const change = (patch: Partial<WidgetPlacement>): void => setPlacement((before) => ({ ...before, ...patch }));
  const submit = async (): Promise<void> => {
    await savePlacement(survey.id, placement);
    notifyDone(t("saved"));
  };
  return (
    <Card title={t("shownTitle")} subtitle={t("shownAbout")}>
      <Form submitLabel={t("save")} onSubmit={submit}>
        <fieldset disabled={isReadOnly} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Stack gap="md">
            <Switch label={t("isOn")} description={survey.status === "open" ? undefined : t("unpublished")} checked={placement.isOn} onChange={(event) => change({ isOn: event.currentTarget.checked })} />
            <TriggerList triggers={placement.triggers} slug={survey.slug} onChange={(triggers) => change({ triggers })} />
            <Textarea label={t("where")} description={t("whereHint")} autosize minRows={2} defaultValue={placement.addresses.join("\n")} onChange={(event) => change({ addresses: linesOf(event.currentTarget.value) })} />
            <Textarea label={t("except")} autosize minRows={1} defaultValue={placement.exceptAddresses.join("\n")} onChange={(event) => change({ exceptAddresses: linesOf(event.currentTarget.value) })} />
            <Select label={t("segment")} description={t("segmentHint")} clearable placeholder={t("everybody")} data={segments.data ?? []} value={placement.segmentId} onChange={(segmentId) => change({ segmentId })} />
            <NumberOfDays label={t("sample")} hint={t("sampleHint")} value={placement.samplePercent} min={0.1} max={100} onChange={(samplePercent) => change({ samplePercent })} />
            <Select label={t("again")} allowDeselect={false} value={String(placement.againAfterDays ?? "never")}
              data={[{ value: "never", label: t("never") }, ...[...new Set([...AGAIN_DAYS, placement.againAfterDays ?? 0])].sort((one, other) => one - other).map((days) => ({ value: String(days), label: days === 0 ? t("always") : t("days", { n: String(days) }) }))]}
              onChange={(value) => change({ againAfterDays: value === null || value === "never" ? null : Number(value) })} />
            <NumberOfDays label={t("quiet")} value={placement.quietDays} min={0} max={365} onChange={(quietDays) => change({ quietDays: Math.round(quietDays) })} />
            <Looks placement={placement} onChange={change} />
            <Select label={t("kind")} allowDeselect={false} value={placement.kind} data={(["transactional", "relationship", "always_on"] as const).map((kind) => ({ value: kind, label: t(kind) }))}
              onChange={(value) => change({ kind: (["transactional", "relationship", "always_on"] as const).find((kind) => kind === value) ?? placement.kind })} />
            <TextInput label={t("touchpoint")} description={t("touchpointHint")} maxLength={80} value={placement.touchpoint ?? ""} onChange={(event) => change({ touchpoint: event.currentTarget.value === "" ? null : event.currentTarget.value })} />
          </Stack>
        </fieldset>
      </Form>
    </Card>
  );
};

const Looks = ({ placement, onChange }: { placement: WidgetPlacement; onChange: (patch: Partial<WidgetPlacement>) => void }) => {
  const t = useTexts(widgetsTexts);
  const looks = ["corner", "modal", "bar"] as const;
  const sides = ["end", "start"] as const;
  return (
    <>
      <div>
        <Text size="sm" fw={500} id="website-look">{t("look")}</Text>
        <SegmentedControl aria-labelledby="website-look" value={placement.look} data={looks.map((look) => ({ value: look, label: t(look) }))}
          onChange={(value) => onChange({ look: looks.find((look) => look === value) ?? placement.look })} />
      </div>
      {placement.look === "corner" && (
        <div>
          <Text size="sm" fw={500} id="website-side">{t("side")}</Text>
          <SegmentedControl aria-labelledby="website-side" value={placement.side} data={sides.map((side) => ({ value: side, label: t(side) }))}
            onChange={(value) => onChange({ side: sides.find((side) => side === value) ?? placement.side })} />
        </div>
      )}
    </>
  );
};

const NumberOfDays = ({ label, hint, value, min, max, onChange }: { label: string; hint?: string; value: number; min: number; max: number; onChange: (value: number) => void }) => {
  const [text, setText] = useState(String(value));
  return (
    <TextInput label={label} description={hint} inputMode="decimal" w={200} value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const number = Number(event.currentTarget.value.replace(",", "."));
        if (event.currentTarget.value.trim() !== "" && number >= min && number <= max) onChange(number);
      }}
      error={text.trim() === "" || !(Number(text.replace(",", ".")) >= min && Number(text.replace(",", ".")) <= max) ? `${min}–${max}` : undefined} />
  );
};
