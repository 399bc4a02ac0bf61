import type { SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { pictureUrl } from "@firsthand/server/feedback/survey-page/pictures.rules";
import { ActionIcon, Menu, TextInput } from "@mantine/core";
import { IconDots, IconX } from "@tabler/icons-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { withWords } from "./draft.rules.ts";
import { NumberField } from "./NumberField.tsx";
import { PictureButton } from "./PictureButton.tsx";

type OptionRowProps = {
  option: SurveyOption;
  number: number;
  handle: ReactNode;
  hasPicture: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
  onRemove: () => void;
  onChange: (option: SurveyOption) => void;
};

/** One option: its words, points, picture, and whether it can be written in or excludes the others. */
export const OptionRow = ({ option, number, handle, hasPicture, onKeyDown, onPaste, onRemove, onChange }: OptionRowProps) => {
  const t = useTexts(builderTexts);
  const { language, definition, say } = useDraft();
  const [hasScore, setHasScore] = useState(option.score !== undefined);
  const mark = option.isOther === true ? t("isOther") : option.isNone === true ? t("isNone") : null;
  const switchScore = (): void => {
    setHasScore(!hasScore);
    if (option.score !== undefined) onChange({ ...option, score: undefined });
  };
  return (
    <div className={classes.option}>
      {handle}
      {hasPicture && option.imageId !== undefined && <img className={classes.thumb} src={pictureUrl(option.imageId)} alt="" />}
      <div className={classes.optionWords}>
        <TextInput data-option aria-label={t("option", { number })} placeholder={(language === definition.languages[0] ? "" : say(option.label)) || t("option", { number })} maxLength={2_000}
          dir={isRightToLeft(language) ? "rtl" : "ltr"} lang={language} value={option.label[language] ?? ""} onKeyDown={onKeyDown} onPaste={onPaste}
          onChange={(event) => onChange({ ...option, label: withWords(option.label, language, event.currentTarget.value) })} />
        {mark !== null && <span className={classes.mark}>{mark}</span>}
      </div>
      {hasScore && (
        <div className={classes.score}><NumberField label={t("scoreOf", { number })} isLabelHidden placeholder={t("points")} value={option.score} min={-1e6} max={1e6} onChange={(score) => onChange({ ...option, score })} /></div>
      )}
      {hasPicture && <PictureButton imageId={option.imageId} name={t("option", { number })} onChange={(imageId) => onChange({ ...option, imageId })} />}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("optionMore", { number })}><IconDots size={14} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={switchScore}>{t(hasScore ? "takePoints" : "givePoints")}</Menu.Item>
          <Menu.Item onClick={() => onChange({ ...option, isOther: option.isOther === true ? undefined : true })}>{t(option.isOther === true ? "unmarkOther" : "markOther")}</Menu.Item>
          <Menu.Item onClick={() => onChange({ ...option, isNone: option.isNone === true ? undefined : true })}>{t(option.isNone === true ? "unmarkNone" : "markNone")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeOption", { number })} onClick={onRemove}><IconX size={14} aria-hidden /></ActionIcon>
    </div>
  );
};
