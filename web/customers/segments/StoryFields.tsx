import { Switch, Textarea } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import { segmentsTexts } from "./segments.texts.ts";
import { isStoryMissing, type StoryDraft } from "./story-draft.ts";

type StoryFieldsProps = { draft: StoryDraft; isChecked: boolean; isReadOnly: boolean; onChange: (draft: StoryDraft) => void };

/** Whether a segment or list is a persona, and its story. */
export const StoryFields = ({ draft, isChecked, isReadOnly, onChange }: StoryFieldsProps) => {
  const t = useTexts(segmentsTexts);
  return (
    <>
      <Switch label={t("persona")} description={t("personaHelp")} checked={draft.isPersona} disabled={isReadOnly} onChange={(event) => onChange({ ...draft, isPersona: event.currentTarget.checked })} />
      {draft.isPersona && (
        <Textarea label={t("story")} description={t("storyHelp")} value={draft.text} maxLength={4000} autosize minRows={2} maxRows={10} disabled={isReadOnly} error={isChecked && isStoryMissing(draft) ? t("storyMissing") : undefined}
          onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })} />
      )}
    </>
  );
};
