import type { SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { Button, Group, Textarea } from "@mantine/core";
import { IconClipboardText, IconPlus } from "@tabler/icons-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from "react";
import { notifyUndo } from "../../ui/notices.tsx";
import { SortableList } from "../../ui/SortableList.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { newOption, withItemMoved, withPastedOptions } from "./draft.rules.ts";
import { OptionRow } from "./OptionRow.tsx";
import { conditionsOnOption } from "./references.rules.ts";

type OptionListProps = {
  label: string;
  addLabel?: string;
  options: readonly SurveyOption[];
  limit: number;
  questionId: string;
  canHaveOther?: boolean;
  canHaveNone?: boolean;
  hasPictures?: boolean;
  onChange: (options: SurveyOption[]) => void;
};

/** Options in order: typed one by one with Enter, or pasted as many lines at once. */
export const OptionList = ({ label, addLabel, options, limit, questionId, canHaveOther = false, canHaveNone = false, hasPictures = false, onChange }: OptionListProps) => {
  const t = useTexts(builderTexts);
  const { definition, language, mayWrite, say } = useDraft();
  const [isPasting, setPasting] = useState(false);
  const id = useId();
  const focus = (index: number): void => void requestAnimationFrame(() => document.querySelectorAll<HTMLElement>(`[data-options="${CSS.escape(id)}"] [data-option]`)[index]?.focus());
  const add = (kind?: "other" | "none"): void => {
    const words = language !== "en" || kind === undefined ? "" : t(kind === "other" ? "otherLabel" : "noneLabel");
    onChange([...options, newOption(options, { language, words, ...(kind === undefined ? {} : { kind }) })]);
    focus(options.length);
  };
  const remove = (option: SurveyOption): void => {
    const count = conditionsOnOption(definition, questionId, option.id);
    onChange(options.filter((one) => one.id !== option.id));
    if (count > 0) notifyUndo(t("optionInUse", { count }), async () => onChange([...options]));
  };
  const press = (event: KeyboardEvent, index: number): void => {
    if (event.key === "Enter") {
      event.preventDefault();
      onChange(options.toSpliced(index + 1, 0, newOption(options, { language })));
      focus(index + 1);
    }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const to = index + (event.key === "ArrowUp" ? -1 : 1);
      const moved = withItemMoved(options, index, to);
      if (moved !== options) onChange([...moved]);
      if (moved !== options) focus(to);
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    onChange(withPastedOptions(options, language, text, limit));
  };
  return (
    <div className={classes.rule} role="group" aria-label={label} data-options={id}>
      <span className={classes.label}>{label}</span>
      <SortableList items={options} nameOf={(option) => say(option.label) || t("untitledOption")} isLocked={!mayWrite} className={classes.options}
        onMove={(optionId, to) => onChange([...withItemMoved(options, options.findIndex((option) => option.id === optionId), to)])}
        render={(option, index, handle) => (
          <OptionRow option={option} number={index + 1} handle={handle} hasPicture={hasPictures} onKeyDown={(event) => press(event, index)} onPaste={paste} onRemove={() => remove(option)}
            onChange={(next) => onChange(options.map((one) => (one.id === option.id ? next : one)))} />
        )} />
      <Group gap={4}>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={13} aria-hidden />} disabled={options.length >= limit} onClick={() => add()}>{addLabel ?? t("addOption")}</Button>
        {canHaveOther && !options.some(({ isOther }) => isOther === true) && <Button variant="subtle" size="compact-sm" onClick={() => add("other")}>{t("addOther")}</Button>}
        {canHaveNone && !options.some(({ isNone }) => isNone === true) && <Button variant="subtle" size="compact-sm" onClick={() => add("none")}>{t("addNone")}</Button>}
        <Button variant="subtle" size="compact-sm" leftSection={<IconClipboardText size={13} aria-hidden />} aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>{t("pasteLines")}</Button>
      </Group>
      {isPasting && <PasteBox onDone={(text) => { if (text !== "") onChange(withPastedOptions(options, language, text, limit)); setPasting(false); }} />}
    </div>
  );
};

const PasteBox = ({ onDone }: { onDone: (text: string) => void }) => {
  const t = useTexts(builderTexts);
  const [text, setText] = useState("");
  return (
    <div className={classes.stack}>
      <Textarea label={t("oneOptionPerLine")} autosize minRows={4} maxRows={12} data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group gap="xs"><Button size="compact-sm" onClick={() => onDone(text)}>{t("addThese")}</Button></Group>
    </div>
  );
};
