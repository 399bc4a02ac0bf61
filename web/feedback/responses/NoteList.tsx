import { Button, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Responses.module.css";
import { addNote, deleteNote, useNotes } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** What members wrote beside a response. */
export const NoteList = ({ responseId }: { responseId: string }) => {
  const t = useTexts(responsesTexts);
  const notes = useNotes(responseId);
  const mayWork = useAbility("responses.work");
  const [text, setText] = useState("");
  if (notes.isPending) return <Loading kind="rows" rows={2} />;
  if (notes.error !== null) return <ErrorState error={notes.error} onRetry={() => void notes.refetch()} />;
  return (
    <>
      {notes.data.items.length === 0 && <p className="quiet">{t("noNote")}</p>}
      <ul className={classes.entries}>
        {notes.data.items.map((note) => (
          <li key={note.id}>
            <div className={classes.entryHead}>
              <span className="quiet">{note.member?.name ?? t("formerMember")} · <Time at={note.createdAt} /></span>
              {mayWork && (
                <Button size="compact-xs" variant="subtle" aria-label={t("deleteNote")} onClick={() => void deleteNote(responseId, note.id).catch(notifyFailed)}>
                  <IconTrash size={13} aria-hidden />
                </Button>
              )}
            </div>
            <p>{note.text}</p>
          </li>
        ))}
      </ul>
      {mayWork && (
        <Form submitLabel={t("addNote")} check={() => text.trim() !== ""} onSubmit={() => addNote(responseId, text.trim()).then(() => setText(""))}>
          <Textarea label={t("newNote")} autosize minRows={2} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </Form>
      )}
    </>
  );
};
