import { Button, Checkbox, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { correctableAs } from "./corrections.rules.ts";
import { TableAnswerField } from "./TableAnswerField.tsx";
import { type Answer, correctAnswer, type Question, type ShownAnswer, useQuestions } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

type Props = { responseId: string; answer: ShownAnswer; onDone: () => void };

/** A new answer with the reason; the old one stays in the history. */
export const CorrectionForm = ({ responseId, answer, onDone }: Props) => {
  const t = useTexts(responsesTexts);
  const asked = useQuestions(responseId, true);
  const [given, setGiven] = useState<Answer>({ ...(answer.number === null ? {} : { number: answer.number }), ...(answer.choices.length === 0 ? {} : { choices: answer.choices.map(({ id }) => id) }), ...(answer.text === null ? {} : { text: answer.text }), ...answer.parts });
  const [isTakenAway, setTakenAway] = useState(false);
  const [reason, setReason] = useState("");
  const [isReasonMissing, setReasonMissing] = useState(false);
  const check = (): boolean => {
    setReasonMissing(reason.trim() === "");
    return reason.trim() !== "";
  };
  const question = asked.data?.questions.find(({ id }) => id === answer.questionId);
  if (question === undefined) return <Loading kind="rows" rows={2} />;
  const canBeSet = correctableAs(question.type) !== null;
  const save = (): Promise<void> => correctAnswer(responseId, question.id, { answer: isTakenAway || !canBeSet ? null : given, reason: reason.trim() }).then(onDone);
  return (
    <Form submitLabel={t("saveCorrection")} check={check} onSubmit={save} secondary={<Button variant="default" size="sm" onClick={onDone}>{t("cancel")}</Button>}>
      <p className="quiet">{t("correctHelp")}</p>
      {canBeSet && !isTakenAway && <AnswerField question={question} languages={asked.data?.languages ?? []} given={given} onChange={setGiven} />}
      <Checkbox label={t("noAnswerAnyMore")} checked={isTakenAway || !canBeSet} disabled={!canBeSet} onChange={(event) => setTakenAway(event.currentTarget.checked)} />
      <TextInput label={t("reason")} required value={reason} maxLength={500} error={isReasonMissing ? t("reasonNeeded") : undefined} onChange={(event) => setReason(event.currentTarget.value)} />
    </Form>
  );
};

type FieldProps = { question: Question; languages: readonly string[]; given: Answer; onChange: (answer: Answer) => void };

const AnswerField = ({ question, languages, given, onChange }: FieldProps) => {
  const t = useTexts(responsesTexts);
  const kind = correctableAs(question.type);
  if (question.type === "ranking" || question.type === "matrix" || question.type === "constant_sum" || question.type === "contact")
    return <TableAnswerField question={question} language={languages[0] ?? "en"} given={given} onChange={onChange} />;
  const options = "options" in question ? question.options.map(({ id, label }) => ({ value: id, label: label[languages[0] ?? "en"] ?? id })) : [];
  if (kind === "number") return <NumberInput label={t("newAnswer")} value={given.number ?? ""} onChange={(value) => onChange(typeof value === "number" ? { number: value } : {})} />;
  if (kind === "one")
    return <Select label={t("newAnswer")} data={options} value={given.choices?.[0] ?? null} comboboxProps={{ withinPortal: false }} onChange={(value) => onChange(value === null ? {} : { choices: [value] })} />;
  if (kind === "many")
    return (
      <Checkbox.Group label={t("newAnswer")} value={given.choices ?? []} onChange={(choices) => onChange({ ...given, choices })}>
        <Stack gap={4}>{options.map(({ value, label }) => <Checkbox key={value} value={value} label={label} />)}</Stack>
      </Checkbox.Group>
    );
  return <Textarea label={t("newAnswer")} autosize minRows={2} maxLength={4000} value={given.text ?? ""} onChange={(event) => onChange({ text: event.currentTarget.value })} />;
};
