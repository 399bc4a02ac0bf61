import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ReviewWidget, saveDisplay, type WidgetSettings } from "./reviews.data.ts";
import { testimonialsTexts } from "./testimonials.texts.ts";

const USUAL: WidgetSettings = { title: "What our customers say", accent: "#3b4fd8", layout: "grid", look: "light", starsMin: 1, most: 12, showsAverage: true, heightPx: 420 };

/** How approved words look on another website. */
export const DisplayForm = ({ display, onDone }: { display: ReviewWidget | null; onDone: (saved: ReviewWidget) => void }) => {
  const t = useTexts(testimonialsTexts);
  const [name, setName] = useState(display?.name ?? "");
  const [settings, setSettings] = useState<WidgetSettings>(display?.settings ?? USUAL);
  const [problems, setProblems] = useState<{ name?: string; accent?: string }>({});
  const set = (patch: Partial<WidgetSettings>): void => setSettings((before) => ({ ...before, ...patch }));
  const check = (): boolean => {
    const found = { ...(name.trim() === "" ? { name: t("nameMissing") } : {}), ...(/^#[0-9a-f]{6}$/i.test(settings.accent) ? {} : { accent: t("accentWrong") }) };
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  const submit = async (): Promise<void> => {
    const saved = await saveDisplay(display?.id ?? null, { name, settings });
    notifyDone(t("madeNow", { name: saved.name }));
    onDone(saved);
  };
  return (
    <Form submitLabel={display === null ? t("create") : t("save")} check={check} onSubmit={submit}>
      <TextInput label={t("name")} description={t("nameHint")} value={name} error={problems.name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <TextInput label={t("heading")} maxLength={120} value={settings.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Select
        label={t("layout")} data={[{ value: "grid", label: t("grid") }, { value: "list", label: t("listLayout") }]} value={settings.layout} allowDeselect={false}
        onChange={(value) => set({ layout: value === "list" ? "list" : "grid" })}
      />
      <Select
        label={t("look")} data={[{ value: "light", label: t("light") }, { value: "dark", label: t("dark") }, { value: "auto", label: t("auto") }]} value={settings.look} allowDeselect={false}
        onChange={(value) => set({ look: value === "dark" || value === "auto" ? value : "light" })}
      />
      <TextInput label={t("accent")} description={t("accentHint")} value={settings.accent} error={problems.accent} onChange={(event) => set({ accent: event.currentTarget.value })} />
      <NumberInput label={t("starsMin")} min={1} max={5} clampBehavior="strict" value={settings.starsMin} onChange={(value) => set({ starsMin: Number(value) || 1 })} />
      <NumberInput label={t("most")} min={1} max={50} clampBehavior="strict" value={settings.most} onChange={(value) => set({ most: Number(value) || 1 })} />
      <NumberInput label={t("height")} min={120} max={3000} step={20} clampBehavior="blur" value={settings.heightPx} onChange={(value) => set({ heightPx: Number(value) || 420 })} />
      <Switch label={t("showsAverage")} description={t("averageHint")} checked={settings.showsAverage} onChange={(event) => set({ showsAverage: event.currentTarget.checked })} />
    </Form>
  );
};
