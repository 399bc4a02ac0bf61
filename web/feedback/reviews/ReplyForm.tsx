import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { saveDraft, sendReply } from "./reviews.data.ts";
import { reviewsTexts } from "./reviews.texts.ts";

/** Writes an answer, for later or at once. */
export const ReplyForm = ({ id, text: start, lengthMax }: { id: string; text: string; lengthMax: number }) => {
  const t = useTexts(reviewsTexts);
  const [text, setText] = useState(start);
  const [problem, setProblem] = useState<string | null>(null);
  const over = text.length - lengthMax;
  const check = (): boolean => {
    const found = text.trim() === "" ? t("replyMissing") : over > 0 ? t("replyTooLong", { over }) : null;
    setProblem(found);
    return found === null;
  };
  const keep = (): void => {
    if (text.trim() === "") setProblem(t("replyMissing"));
    else void saveDraft(id, text).then(() => notifyDone(t("draftKept")), notifyFailed);
  };
  return (
    <Form
      submitLabel={t("sendReply")}
      check={check}
      onSubmit={async () => {
        await sendReply(id, text);
        notifyDone(t("replyQueued"));
      }}
      secondary={<Button variant="default" size="sm" onClick={keep}>{t("saveDraft")}</Button>}
    >
      <Textarea
        label={t("reply")} description={over > 0 ? t("replyTooLong", { over }) : t("replyHint", { left: -over })} autosize minRows={3} maxRows={12} value={text} error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
    </Form>
  );
};
