import { PAGE_LANGUAGES, languageName } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { ActionIcon, Badge, Button, Select } from "@mantine/core";
import { IconLanguage, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { SettingsHead } from "./SettingsHead.tsx";
import { TranslationDialog } from "./TranslationDialog.tsx";
import { countMissing, withoutLanguage } from "./translations.rules.ts";

// Languages the survey page has no frame for are framed in English; their questions are as good as any.
const FURTHER = ["bg", "cs", "da", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"];
const nameOf = (tag: string): string => {
  const own = languageName(tag);
  return own === tag ? (new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag) : own;
};

/** Languages of the survey, what is still to be translated, and the table to do it in. */
export const LanguageSettings = () => {
  const t = useTexts(builderTexts);
  const { definition, patch, change, language, setLanguage } = useDraft();
  const [isTranslating, setTranslating] = useState(false);
  const { languages } = definition;
  const left = [...Object.keys(PAGE_LANGUAGES), ...FURTHER].filter((tag) => !languages.includes(tag));
  const add = (tag: string | null): void => {
    if (tag === null) return;
    patch({ languages: [...languages, tag] });
    setLanguage(tag);
  };
  const remove = (tag: string): void => {
    change(withoutLanguage(definition, tag));
    if (tag === language) setLanguage(languages[0] ?? "en");
  };
  return (
    <>
      <SettingsHead title={t("languages")} icon={IconLanguage} help={t("languagesHelp")} />
      <ul className={classes.languages}>
        {languages.map((tag, index) => {
          const missing = index === 0 ? 0 : countMissing(definition, tag);
          return (
            <li key={tag}>
              <span lang={tag}>{nameOf(tag)}</span> <code className="quiet">{tag}</code>
              <span className={classes.push} />
              {index === 0 ? <Badge variant="light" color="gray" tt="none">{t("firstLanguage")}</Badge>
                : <span className={missing === 0 ? classes.passes : classes.fails}>{missing === 0 ? t("allTranslated") : t("missing", { count: missing })}</span>}
              {index > 0 && (
                <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeLanguage", { language: nameOf(tag) })} onClick={() => remove(tag)}><IconTrash size={15} aria-hidden /></ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
      <Select label={t("addLanguage")} placeholder={t("choose")} searchable value={null} disabled={languages.length >= 30} data={left.map((tag) => ({ value: tag, label: nameOf(tag) }))} onChange={add} />
      {languages.length > 1 && <Button variant="default" leftSection={<IconLanguage size={14} aria-hidden />} onClick={() => setTranslating(true)}>{t("translate")}</Button>}
      <TranslationDialog isOpen={isTranslating} onClose={() => setTranslating(false)} nameOf={nameOf} />
    </>
  );
};
