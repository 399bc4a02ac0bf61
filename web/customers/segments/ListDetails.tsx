import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { useFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Segment, useSegmentVerbs } from "./segments.data.ts";
import { segmentsTexts } from "./segments.texts.ts";
import { isStoryMissing, startStory, storyOf } from "./story-draft.ts";
import { StoryFields } from "./StoryFields.tsx";

/** What a contact list is called and for, and whether it is a persona. */
export const ListDetails = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const fields = useFields({ name: segment.name, description: segment.description }, { name: (name) => (name.trim() === "" ? t("nameMissing") : null) });
  const [draft, setDraft] = useState(startStory(segment.story));
  const [isChecked, setChecked] = useState(false);
  const save = async (): Promise<void> => {
    await verbs.change(segment.id, { ...fields.values, story: storyOf(draft) });
    notifyDone(t("saved"));
  };
  const check = (): boolean => {
    setChecked(true);
    return fields.check() && !isStoryMissing(draft);
  };
  const inputs = (
    <>
      <TextInput label={t("name")} maxLength={120} disabled={!canWrite} {...fields.text("name")} />
      <Textarea label={t("description")} maxLength={500} autosize minRows={1} disabled={!canWrite} {...fields.text("description")} />
      <StoryFields draft={draft} isChecked={isChecked} isReadOnly={!canWrite} onChange={setDraft} />
    </>
  );
  return <Card title={t("details")}>{canWrite ? <Form submitLabel={t("save")} onSubmit={save} check={check}>{inputs}</Form> : <div className="form">{inputs}</div>}</Card>;
};
