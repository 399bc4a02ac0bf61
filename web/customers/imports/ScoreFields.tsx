import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { scales } from "./column-uses.rules.ts";
import type { ScoreUse } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import { readWords, writeWords } from "./score-words.rules.ts";
import styles from "./Imports.module.css";

const kinds = ["nps", "csat", "ces", "stars", "rating"] as const;

type ScoreFieldsProps = {
  column: string;
  use: ScoreUse;
  /** The column holds texts, which need a value each before they can be scores. */
  hasTexts: boolean;
  onChange: (use: ScoreUse) => void;
};

/** Kind, scale, blank values, words and subject of a score. */
export const ScoreFields = ({ column, use, hasTexts, onChange }: ScoreFieldsProps) => {
  const t = useTexts(importsTexts);
  const chooseKind = (chosen: string): void => {
    const kind = kinds.find((candidate) => candidate === chosen) ?? "rating";
    const [min, max] = scales[kind];
    onChange({ ...use, kind, min, max });
  };
  const setNumber = (name: "min" | "max", text: string): void => {
    const value = Number(text.replace(",", "."));
    if (text.trim() !== "" && Number.isFinite(value) && value !== use[name]) onChange({ ...use, [name]: value });
  };
  const setBlank = (text: string): void => {
    const blank = text.split(",").map((value) => value.trim()).filter((value) => value !== "");
    if (blank.join() !== use.blank.join()) onChange({ ...use, blank });
  };
  const setTouchpoint = (text: string): void => {
    const touchpoint = text.trim() === "" ? null : text.trim();
    if (touchpoint !== use.touchpoint) onChange({ ...use, touchpoint });
  };
  return (
    <div className={styles.score}>
      <NativeSelect size="xs" className={styles.middle} aria-label={t("scoreKind", { column })} value={use.kind} onChange={(event) => chooseKind(event.currentTarget.value)} data={kinds.map((value) => ({ value, label: t(`score_${value}`) }))} />
      <TextInput key={`min ${use.min}`} size="xs" className={styles.narrow} aria-label={t("lowest", { column })} defaultValue={String(use.min)} inputMode="numeric" onBlur={(event) => setNumber("min", event.currentTarget.value)} />
      <span className="quiet">{t("to")}</span>
      <TextInput key={`max ${use.max}`} size="xs" className={styles.narrow} aria-label={t("highest", { column })} defaultValue={String(use.max)} inputMode="numeric" onBlur={(event) => setNumber("max", event.currentTarget.value)} />
      <span className="quiet">{t("noAnswer")}</span>
      <TextInput key={`blank ${use.blank.join()}`} size="xs" className={styles.narrow} aria-label={t("noAnswerOf", { column })} defaultValue={use.blank.join(", ")} onBlur={(event) => setBlank(event.currentTarget.value)} />
      <span className="quiet">{t("about")}</span>
      <TextInput key={`about ${use.touchpoint}`} size="xs" className={styles.middle} aria-label={t("aboutOf", { column })} placeholder={t("notSaid")} defaultValue={use.touchpoint ?? ""} onBlur={(event) => setTouchpoint(event.currentTarget.value)} />
      <Checkbox size="xs" label={t("reversed")} checked={use.isReversed} onChange={(event) => onChange({ ...use, isReversed: event.currentTarget.checked })} />
      <WordFields key={writeWords(use.words)} column={column} use={use} hasTexts={hasTexts} onChange={onChange} />
    </div>
  );
};

// Few columns need words, so the field stays folded until one does.
const WordFields = ({ column, use, hasTexts, onChange }: ScoreFieldsProps) => {
  const t = useTexts(importsTexts);
  const before = writeWords(use.words);
  const [isOpen, setOpen] = useState(hasTexts || before !== "");
  const [fault, setFault] = useState<string | null>(null);
  const setWords = (text: string): void => {
    const read = readWords(text);
    setFault("fault" in read ? t(read.fault, { line: read.line }) : null);
    if ("words" in read && writeWords(read.words) !== before) onChange({ ...use, words: read.words });
  };
  if (!isOpen) return <Button variant="subtle" size="compact-xs" aria-label={`${t("words")}: ${column}`} onClick={() => setOpen(true)}>{t("words")}</Button>;
  return (
    <Textarea
      size="xs"
      className={styles.words}
      label={t("words")}
      aria-label={t("wordsOf", { column })}
      placeholder={t("wordsHint")}
      defaultValue={before}
      error={fault}
      autosize
      minRows={1}
      maxRows={8}
      onBlur={(event) => setWords(event.currentTarget.value)}
    />
  );
};
