import { Button, Code, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { WidgetTrigger } from "./widgets.data.ts";
import { widgetsTexts } from "./widgets.texts.ts";

const KINDS = ["page", "event", "delay", "scroll", "exit", "inactivity", "manual"] as const;

/** What makes the survey show, each with how much of it. */
export const TriggerList = ({ triggers, slug, onChange }: { triggers: readonly WidgetTrigger[]; slug: string; onChange: (triggers: WidgetTrigger[]) => void }) => {
  const t = useTexts(widgetsTexts);
  const [kind, setKind] = useState<WidgetTrigger["on"]>("delay");
  const replace = (index: number, trigger: WidgetTrigger): void => onChange(triggers.map((one, place) => (place === index ? trigger : one)));
  return (
    <div>
      <Text size="sm" fw={500}>{t("triggers")}</Text>
      <Text size="xs" c="dimmed" mb="xs">{triggers.length === 0 ? t("noTrigger") : t("triggersHint")}</Text>
      <Stack gap="xs">
        {triggers.map((trigger, index) => (
          <Group key={`${index} ${trigger.on}`} gap="sm" align="flex-end">
            <Text size="sm" miw={200}>{t(trigger.on)}</Text>
            {trigger.on === "event" && <TextInput aria-label={t("eventName")} placeholder={t("eventName")} maxLength={120} value={trigger.name} onChange={(event) => replace(index, { on: "event", name: event.currentTarget.value })} />}
            {(trigger.on === "delay" || trigger.on === "inactivity") && (
              <TextInput aria-label={t("seconds")} type="number" min={trigger.on === "delay" ? 1 : 5} max={3600} w={110} value={trigger.seconds} onChange={(event) => replace(index, { on: trigger.on, seconds: Math.round(Number(event.currentTarget.value)) })} />
            )}
            {trigger.on === "scroll" && <TextInput aria-label={t("percent")} type="number" min={1} max={100} w={110} value={trigger.percent} onChange={(event) => replace(index, { on: "scroll", percent: Math.round(Number(event.currentTarget.value)) })} />}
            {trigger.on === "manual" && <Code>{t("manualHint", { slug })}</Code>}
            <Button variant="subtle" size="compact-sm" aria-label={t("removeTrigger", { name: t(trigger.on) })} onClick={() => onChange(triggers.filter((_, place) => place !== index))}>✕</Button>
          </Group>
        ))}
        <Group gap="sm" align="flex-end">
          <Select aria-label={t("triggers")} allowDeselect={false} w={260} value={kind} data={KINDS.map((one) => ({ value: one, label: t(one) }))} onChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)} />
          <Button variant="default" disabled={triggers.length >= 10} onClick={() => onChange([...triggers, usual(kind)])}>{t("addTrigger")}</Button>
        </Group>
      </Stack>
    </div>
  );
};

const usual = (on: WidgetTrigger["on"]): WidgetTrigger => {
  switch (on) {
    case "event":
      return { on, name: "order_completed" };
    case "delay":
      return { on, seconds: 20 };
    case "inactivity":
      return { on, seconds: 60 };
    case "scroll":
      return { on, percent: 50 };
    case "page":
    case "exit":
    case "manual":
      return { on };
  }
};
