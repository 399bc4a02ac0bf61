import { Checkbox, Group, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSegmentChoices } from "../../customers/customers.parts.ts";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { locale } from "../../ui/locale.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { type CallList, changeCallList, createCallList } from "./interviews.data.ts";
import { interviewsTexts, type InterviewsTexts } from "./interviews.texts.ts";

type Props = {
  /** Null for a new one. */
  list: CallList | null;
  surveyId: string | undefined;
  onDone: () => void;
};

const WORKDAYS = ["1", "2", "3", "4", "5"];
// The first of January 2024 was a Monday.
const dayName = (day: number): string => new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));

export const CallListForm = ({ list, surveyId, onDone }: Props) => {
  const t = useTexts(interviewsTexts);
  const [days, setDays] = useState<string[]>(list?.days.map(String) ?? WORKDAYS);
  const [isChecked, setChecked] = useState(false);
  const fields = useFields(startOf(list, surveyId), rulesFor(t, list === null));
  const check = (): boolean => {
    setChecked(true);
    return fields.check() && days.length > 0;
  };
  const submit = async (): Promise<void> => {
    const { surveyId: survey, segmentId, kind, attemptsMax, pauseHours, ...words } = fields.values;
    const given = { ...words, days: days.map(Number).toSorted(), attemptsMax: Number(attemptsMax), pauseHours: Number(pauseHours) };
    if (list === null) await createCallList({ ...given, surveyId: survey, segmentId, kind: kind === "transactional" ? kind : "relationship" });
    else await changeCallList(list.id, given);
    notifyDone(t(list === null ? "created" : "saved", { name: given.name }));
    onDone();
  };
  return (
    <Form submitLabel={list === null ? t("create") : t("save")} check={check} onSubmit={submit}>
      <TextInput label={t("name")} data-autofocus maxLength={80} {...fields.text("name")} />
      {list === null && <WhoAndWhat fields={fields} asksSurvey={surveyId === undefined} />}
      <Textarea label={t("script")} description={t("scriptHint", { place: "{{name}}" })} autosize minRows={4} maxLength={4000} {...fields.text("script")} />
      <div>
        <Group gap="sm">
          <TextInput type="time" label={t("hoursFrom")} {...fields.text("hoursFrom")} />
          <TextInput type="time" label={t("hoursTo")} {...fields.text("hoursTo")} />
        </Group>
        <p className="quiet">{t("hoursHint")}</p>
      </div>
      <Checkbox.Group label={t("days")} value={days} onChange={setDays} error={isChecked && days.length === 0 ? t("daysMissing") : undefined}>
        <Group gap="sm" my={6}>{[1, 2, 3, 4, 5, 6, 7].map((day) => <Checkbox key={day} value={String(day)} label={dayName(day)} size="xs" />)}</Group>
      </Checkbox.Group>
      <Group gap="sm" align="flex-start">
        <TextInput label={t("attemptsMax")} inputMode="numeric" w={150} {...fields.text("attemptsMax")} />
        <TextInput label={t("pauseHours")} inputMode="numeric" w={170} {...fields.text("pauseHours")} />
      </Group>
    </Form>
  );
};

const startOf = (list: CallList | null, surveyId: string | undefined) => ({
  name: list?.name ?? "", surveyId: list?.surveyId ?? surveyId ?? "", segmentId: list?.segmentId ?? "", kind: list?.kind ?? "relationship", script: list?.script ?? "",
  hoursFrom: list?.hoursFrom ?? "09:00", hoursTo: list?.hoursTo ?? "20:00", attemptsMax: String(list?.attemptsMax ?? 5), pauseHours: String(list?.pauseHours ?? 20),
});
type Values = ReturnType<typeof startOf>;

const wholeNumber = (most: number, sentence: string) => (text: string) => (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most ? null : sentence);

const rulesFor = (t: Translate<InterviewsTexts>, isNew: boolean) => ({
  name: (name: string) => (name.trim() === "" ? t("nameMissing") : null),
  surveyId: (id: string) => (isNew && id === "" ? t("surveyMissing") : null),
  segmentId: (id: string) => (isNew && id === "" ? t("segmentMissing") : null),
  hoursFrom: (hour: string) => (/^\d\d:\d\d$/.test(hour) ? null : t("hoursWrong")),
  hoursTo: (hour: string, { hoursFrom }: Values) => (/^\d\d:\d\d$/.test(hour) ? (hour > hoursFrom ? null : t("hoursOrder")) : t("hoursWrong")),
  attemptsMax: wholeNumber(15, t("attemptsWrong")),
  pauseHours: wholeNumber(720, t("pauseWrong")),
});

/** Chosen once: a list of other people, or of another survey, is another list. */
const WhoAndWhat = ({ fields, asksSurvey }: { fields: ReturnType<typeof useFields<Values>>; asksSurvey: boolean }) => {
  const t = useTexts(interviewsTexts);
  const surveys = useSurveys();
  const { values, errors, set } = fields;
  const { choices, failure } = useSegmentChoices({ chosen: [values.segmentId] });
  return (
    <>
      {asksSurvey && (
        <Select label={t("survey")} searchable data={surveys.data?.pages.flatMap(({ items }) => items).map(({ id, name }) => ({ value: id, label: name })) ?? []} value={values.surveyId || null}
          error={errors.surveyId} onChange={(surveyId) => set({ surveyId: surveyId ?? "" })} />
      )}
      <Select label={t("segment")} description={t("segmentHint")} searchable data={choices} value={values.segmentId || null} error={errors.segmentId ?? failure}
        onChange={(segmentId) => set({ segmentId: segmentId ?? "" })} />
      <Select label={t("kind")} description={t("kindHint")} allowDeselect={false} value={values.kind}
        data={(["relationship", "transactional"] as const).map((kind) => ({ value: kind, label: t(kind) }))} onChange={(kind) => set({ kind: kind ?? "relationship" })} />
    </>
  );
};
