import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { IconFlag, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { type Fields, useFields } from "../../ui/fields.ts";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { addAnnotation, type Annotation, bringBackAnnotation, changeAnnotation, removeAnnotation, type useAnnotations } from "./annotations.data.ts";
import { annotationsTexts } from "./annotations.texts.ts";
import "./annotations.css";

type AnnotationsPopoverProps = {
  state: ReturnType<typeof useAnnotations>;
  /** The day a new note is most likely about. */
  day: string;
};

/** What happened on the days a chart shows, to read, to add, to change and to take away. */
export const AnnotationsPopover = ({ state, day }: AnnotationsPopoverProps) => {
  const t = useTexts(annotationsTexts);
  const mayWrite = useAbility("annotations.write");
  const items = state.data?.items ?? [];
  return (
    <Popover width={320} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" fw={500} leftSection={<IconFlag size={13} aria-hidden />}>
          {items.length === 0 ? t("notes") : t("notesCounted", { count: items.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {state.isPending ? (
          <Loading kind="rows" rows={3} />
        ) : state.isError ? (
          <ErrorState error={state.error} onRetry={() => void state.refetch()} />
        ) : items.length === 0 ? (
          <p className="quiet annotations-none">{t(mayWrite ? "none" : "noneToRead")}</p>
        ) : (
          <ul className="annotations" aria-label={t("listTitle")}>
            {items.map((item) => (
              <NotedDay key={item.id} item={item} mayWrite={mayWrite} />
            ))}
          </ul>
        )}
        {mayWrite && <AnnotationForm key={day} day={day} />}
      </Popover.Dropdown>
    </Popover>
  );
};

const NotedDay = ({ item, mayWrite }: { item: Annotation; mayWrite: boolean }) => {
  const t = useTexts(annotationsTexts);
  const [isChanging, setChanging] = useState(false);
  const { id, title, writtenBy, changedBy } = item;
  const remove = async (): Promise<void> => {
    await removeAnnotation(id);
    notifyUndo(t("removed", { title }), () => bringBackAnnotation(id));
  };
  if (isChanging) return <li><ChangeForm item={item} onDone={() => setChanging(false)} /></li>;
  const signed = [daysOf(item), ...(writtenBy === null ? [] : [t("writtenBy", { name: writtenBy })]), ...(changedBy === null || changedBy === writtenBy ? [] : [t("changedBy", { name: changedBy })])];
  return (
    <li>
      <span>
        <span dir="auto">{title}</span>
        <small>{signed.join(" · ")}</small>
      </span>
      {mayWrite && (
        <>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("change", { title })} onClick={() => setChanging(true)}>
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("remove", { title })} onClick={() => void remove().catch(notifyFailed)}>
            <IconTrash size={14} aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  );
};

const ChangeForm = ({ item, onDone }: { item: Annotation; onDone: () => void }) => {
  const t = useTexts(annotationsTexts);
  const fields = useNoteFields({ day: item.day, lastDay: item.lastDay ?? "", title: item.title });
  const save = async (): Promise<void> => {
    const { id, day, lastDay, title } = item;
    const after = toNote(fields.values);
    await changeAnnotation(id, after);
    onDone();
    notifyUndo(t("changed", { title: after.title }), () => changeAnnotation(id, { day, lastDay, title }));
  };
  return (
    <Form submitLabel={t("save")} onSubmit={save} check={fields.check} secondary={<Button variant="subtle" size="sm" onClick={onDone}>{t("cancel")}</Button>}>
      <NoteFields fields={fields} />
    </Form>
  );
};

const AnnotationForm = ({ day }: { day: string }) => {
  const t = useTexts(annotationsTexts);
  const fields = useNoteFields({ day, lastDay: "", title: "" });
  const add = async (): Promise<void> => {
    const note = toNote(fields.values);
    await addAnnotation(note);
    fields.set({ title: "", lastDay: "" });
    notifyDone(t("added", { day: daysOf(note) }));
  };
  return (
    <Form submitLabel={t("add")} onSubmit={add} check={fields.check}>
      <NoteFields fields={fields} />
    </Form>
  );
};

type NoteForm = { day: string; lastDay: string; title: string };

const useNoteFields = (first: NoteForm): Fields<NoteForm> => {
  const t = useTexts(annotationsTexts);
  return useFields(first, {
    day: (value) => (value === "" ? t("dayMissing") : null),
    lastDay: (value, { day }) => (value === "" || value > day ? null : t("lastDayWrong")),
    title: (value) => (value.trim() === "" ? t("titleMissing") : null),
  });
};

const NoteFields = ({ fields }: { fields: Fields<NoteForm> }) => {
  const t = useTexts(annotationsTexts);
  return (
    <>
      <div className="annotation-days">
        <TextInput {...fields.text("day")} type="date" size="xs" label={t("day")} />
        <TextInput {...fields.text("lastDay")} type="date" size="xs" label={t("lastDay")} title={t("lastDayHint")} />
      </div>
      <TextInput {...fields.text("title")} size="xs" label={t("title")} placeholder={t("titleHint")} maxLength={80} data-autofocus />
    </>
  );
};

const toNote = ({ day, lastDay, title }: NoteForm) => ({ day, lastDay: lastDay === "" ? null : lastDay, title: title.trim() });

const daysOf = ({ day, lastDay }: { day: string; lastDay: string | null }): string =>
  lastDay === null ? nameOfDay(day) : annotationsTexts.say("days", { from: nameOfDay(day), to: nameOfDay(lastDay) });

// A day of the calendar is the same in every time zone.
const nameOfDay = (day: string): string => formatDayWithYear(new Date(`${day}T12:00:00Z`), "UTC");
