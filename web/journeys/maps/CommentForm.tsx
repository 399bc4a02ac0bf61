import { MultiSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { addComment } from "./comments.data.ts";
import { useMembers } from "./maps.data.ts";
import { mapTexts } from "./map.texts.ts";

/** Writes a comment; members who are named in it get a mail. */
export const CommentForm = ({ mapId, stepId, cardId }: { mapId: string; stepId: string | null; cardId: string | null }) => {
  const t = useTexts(mapTexts);
  const members = useMembers();
  const [text, setText] = useState("");
  const [mentions, setMentions] = useState<string[]>([]);
  useUnsaved(text.trim() !== "");
  const send = async (): Promise<void> => {
    await addComment(mapId, { text: text.trim(), stepId, cardId, mentions });
    setText("");
    setMentions([]);
  };
  return (
    <Form submitLabel={t("sendComment")} check={() => text.trim() !== ""} onSubmit={send}>
      <Textarea autosize minRows={2} maxRows={8} maxLength={2_000} label={t("comment")} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" />
      {(members.data?.items.length ?? 0) > 1 && (
        <MultiSelect size="xs" label={t("mention")} description={t("mentionHelp")} searchable data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={mentions} onChange={setMentions} />
      )}
    </Form>
  );
};
