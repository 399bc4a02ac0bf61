import { TextInput } from "@mantine/core";
import { IconTextCaption } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { SettingsHead } from "./SettingsHead.tsx";
import { WordsField } from "./WordsField.tsx";

/** The survey's name for members, and the first words people read. */
export const SurveyWords = () => {
  const t = useTexts(builderTexts);
  const { name, rename, definition, patch } = useDraft();
  return (
    <>
      <SettingsHead title={t("surveyPlace")} icon={IconTextCaption} />
      <TextInput label={t("name")} description={t("nameHelp")} value={name} maxLength={120} error={name.trim() === "" ? t("nameMissing") : null} onChange={(event) => rename(event.currentTarget.value)} />
      <WordsField label={t("surveyTitle")} text={definition.title} onChange={(title) => patch({ title })} canInsert isFirst />
      <WordsField label={t("intro")} text={definition.intro} onChange={(intro) => patch({ intro: orNothing(intro) })} canInsert />
    </>
  );
};
