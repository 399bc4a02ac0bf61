import type { Ending } from "@firsthand/server/feedback/surveys/definition.contract";
import { Switch } from "@mantine/core";
import { IconFlag, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { subjectsFor } from "./condition-choices.rules.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import { SettingsHead } from "./SettingsHead.tsx";
import { AddressField } from "./ThanksSettings.tsx";
import { WordsField } from "./WordsField.tsx";

/** One of several ways to end, and for whom it is. */
export const EndingSettings = ({ ending, onRemove }: { ending: Ending; onRemove: () => void }) => {
  const t = useTexts(builderTexts);
  const { definition, patch } = useDraft();
  const put = (part: Partial<Ending>): void => patch({ endings: (definition.endings ?? []).map((one) => (one.id === ending.id ? { ...one, ...part } : one)) });
  return (
    <>
      <SettingsHead title={t("ending")} icon={IconFlag} help={t("endingHelp")} actions={[{ label: t("removeEnding"), icon: IconTrash, onClick: onRemove }]} />
      <WordsField label={t("endingTitle")} text={ending.title} onChange={(title) => put({ title })} canInsert isFirst />
      <WordsField label={t("thanksText")} text={ending.text} onChange={(text) => put({ text: orNothing(text) })} canInsert />
      <AddressField address={ending.redirectUrl} onChange={(redirectUrl) => put({ redirectUrl })} />
      <RuleEditor label={t("endingWhen")} whenNone={t("endingByName")} subjects={subjectsFor(definition, definition.questions)} rule={ending} onChange={put} />
      <Switch label={t("isScreenOut")} description={t("isScreenOutHelp")} checked={ending.isScreenOut === true} onChange={(event) => put({ isScreenOut: event.currentTarget.checked || undefined })} />
    </>
  );
};
