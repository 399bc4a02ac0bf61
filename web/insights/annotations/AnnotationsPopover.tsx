import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { IconFlag, IconTrash } from "@tabler/icons-react";
import { useAbility } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { addAnnotation, type Annotation, removeAnnotation, type useAnnotations } from "./annotations.data.ts";
import { annotationsTexts } from "./annotations.texts.ts";
import "./annotations.css";

type AnnotationsPopoverProps = {
  state: ReturnType<typeof useAnnotations>;
  /** The day a new note is most likely about. */
  day: string;
};

/** What happened on the days a chart shows, to read, to add and to take away. */
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
  const { id, day, title } = item;
  const remove = async (): Promise<void> => {
    await removeAnnotation(id);
    notifyUndo(t("removed", { title }), () => addAnnotation({ day, title }));
  };
  return (
    <li>
      <span>
        <span dir="auto">{title}</span>
        <small>{nameOfDay(day)}</small>
      </span>
      {mayWrite && (
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("remove", { title })} onClick={() => void remove().catch(notifyFailed)}>
          <IconTrash size={14} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
};

const AnnotationForm = ({ day }: { day: string }) => {
  const t = useTexts(annotationsTexts);
  const fields = useFields({ day, title: "" }, {
    day: (value) => (value === "" ? t("dayMissing") : null),
    title: (value) => (value.trim() === "" ? t("titleMissing") : null),
  });
  const add = async (): Promise<void> => {
    const { values } = fields;
    await addAnnotation({ day: values.day, title: values.title.trim() });
    fields.set({ title: "" });
    notifyDone(t("added", { day: nameOfDay(values.day) }));
  };
  return (
    <Form submitLabel={t("add")} onSubmit={add} check={fields.check}>
      <TextInput {...fields.text("day")} type="date" size="xs" label={t("day")} />
      <TextInput {...fields.text("title")} size="xs" label={t("title")} placeholder={t("titleHint")} maxLength={80} data-autofocus />
    </Form>
  );
};

// A day of the calendar is the same in every time zone.
const nameOfDay = (day: string): string => formatDayWithYear(new Date(`${day}T12:00:00Z`), "UTC");
