import type { SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { newOption, withWords } from "./draft.rules.ts";
import classes from "./SurveyBuilderScreen.module.css";
import { surveysTexts } from "./surveys.texts.ts";

type OptionListProps = { options: readonly SurveyOption[]; language: string; onChange: (options: SurveyOption[]) => void };

/** The options of a choice; at most one of them can be written in. */
export const OptionList = ({ options, language, onChange }: OptionListProps) => {
  const t = useTexts(surveysTexts);
  const hasOther = options.some((option) => option.isOther === true);
  const change = (option: SurveyOption, words: string): void =>
    onChange(options.map((one) => (one.id === option.id ? { ...one, label: withWords(one.label, language, words) } : one)));
  return (
    <div className={classes.conditions}>
      <p className={classes.label}>{t("options")}</p>
      {options.map((option, index) => (
        <div className={classes.row} key={option.id}>
          <TextInput aria-label={t("option", { number: index + 1 })} placeholder={t("option", { number: index + 1 })} maxLength={2000}
            value={option.label[language] ?? ""} onChange={(event) => change(option, event.currentTarget.value)} />
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("removeOption", { number: index + 1 })}
            onClick={() => onChange(options.filter((one) => one.id !== option.id))}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Group gap="xs">
        <Button variant="default" size="compact-sm" disabled={options.length >= 50} onClick={() => onChange([...options, newOption(options, { language })])}>{t("addOption")}</Button>
        {!hasOther && (
          <Button variant="subtle" size="compact-sm" disabled={options.length >= 50}
            onClick={() => onChange([...options, newOption(options, { language, words: language === "en" ? t("otherLabel") : "", kind: "other" })])}>
            {t("addOther")}
          </Button>
        )}
      </Group>
    </div>
  );
};
