import { Group, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useNewNote, type NewNote } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";

const kinds: readonly NewNote["kind"][] = ["note", "call", "visit"];

/** A note, a call or a visit, written down by the member. */
export const NoteForm = ({ customerId }: { customerId: string }) => {
  const t = useTexts(profilesTexts);
  const [kind, setKind] = useState<NewNote["kind"]>("note");
  const [direction, setDirection] = useState<"customer" | "organisation">("customer");
  const record = useNewNote(customerId);
  const fields = useFields({ text: "", at: "" }, {
    text: (value) => (value.trim() === "" ? t("required") : null),
    at: (value) => (value !== "" && new Date(value).getTime() > Date.now() ? t("future") : null),
  });
  const { text, at } = fields.values;
  const save = async (): Promise<void> => {
    await record.mutateAsync({
      kind,
      text: text.trim(),
      ...(at === "" ? {} : { at: new Date(at).toISOString() }),
      ...(kind === "note" ? {} : { direction }),
    });
    fields.set({ text: "", at: "" });
    notifyDone(t(`saved_${kind}`));
  };
  return (
    <Form submitLabel={t("save")} onSubmit={save} check={fields.check}>
      <SegmentedControl
        size="xs"
        aria-label={t("write")}
        data={kinds.map((value) => ({ value, label: t(value) }))}
        value={kind}
        onChange={(value) => setKind(kinds.find((known) => known === value) ?? "note")}
      />
      <Textarea {...fields.text("text")} aria-label={t("noteText")} placeholder={t(`noteHint_${kind}`)} autosize minRows={2} maxRows={10} maxLength={8000} />
      {kind !== "note" && (
        <Group grow align="flex-start">
          <TextInput {...fields.text("at")} type="datetime-local" size="xs" label={t("when")} />
          <Select
            size="xs"
            label={t("direction")}
            data={[{ value: "customer", label: t("who_customer") }, { value: "organisation", label: t("who_organisation") }]}
            value={direction}
            onChange={(value) => setDirection(value === "organisation" ? "organisation" : "customer")}
            allowDeselect={false}
          />
        </Group>
      )}
    </Form>
  );
};
