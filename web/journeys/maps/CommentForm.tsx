import { MultiSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { useMemberChoices } from "../../people/people.parts.ts";
import { Form } from "../../ui/Form.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { addComment } from "./comments.data.ts";
import { useDraftWords } from "./draft-words.ts";
import { mapTexts } from "./map.texts.ts";
import { withoutSent } from "./written.rules.ts";

const nothing: { text: string; mentions: string[] } = { text: "", mentions: [] };

/** Writes a comment; members who are named in it get a mail. */
export const CommentForm = ({ mapId, stepId, cardId }: { mapId: string; stepId: string | null; cardId: string | null }) => {
  const t = useTexts(mapTexts);
  const { choices: members } = useMemberChoices(null);
  const [draft, setDraft] = useState(nothing);
  const { text, mentions } = draft;
  useUnsaved(text.trim() !== "");
  useDraftWords(text);
  const send = async (): Promise<void> => {
    await addComment(mapId, { text: text.trim(), stepId, cardId, mentions });
    setDraft((now) => ({ ...nothing, ...withoutSent(now, draft) }));
  };
  return (
    <Form submitLabel={t("sendComment")} check={() => text.trim() !== ""} onSubmit={send}>
      <Textarea autosize minRows={2} maxRows={8} maxLength={2_000} label={t("comment")} value={text} onChange={({ currentTarget: { value } }) => setDraft((now) => ({ ...now, text: value }))} dir="auto" />
      {members.length > 1 && (
        <MultiSelect size="xs" label={t("mention")} description={t("mentionHelp")} searchable data={members} value={mentions} onChange={(told) => setDraft((now) => ({ ...now, mentions: told }))} />
      )}
    </Form>
  );
};
