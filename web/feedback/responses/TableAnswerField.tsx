import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { ActionIcon, Checkbox, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Responses.module.css";
import type { Answer } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

type Of<Type extends "ranking" | "matrix" | "constant_sum" | "contact"> = { question: QuestionOf<Type>; language: string; given: Answer; onChange: (answer: Answer) => void };

/** A new answer to a question that has more than one place to answer in. */
export const TableAnswerField = ({ question, ...rest }: Of<"ranking" | "matrix" | "constant_sum" | "contact">) => {
  switch (question.type) {
    case "ranking":
      return <OrderField question={question} {...rest} />;
    case "matrix":
      return <RowsField question={question} {...rest} />;
    case "constant_sum":
      return <SharesField question={question} {...rest} />;
    case "contact":
      return <ContactDetails question={question} {...rest} />;
  }
};

const OrderField = ({ question, language, given, onChange }: Of<"ranking">) => {
  const t = useTexts(responsesTexts);
  const nameOf = (id: string): string => question.options.find((option) => option.id === id)?.label[language] ?? id;
  const order = [...(given.choices ?? []), ...question.options.map(({ id }) => id).filter((id) => given.choices?.includes(id) !== true)];
  const move = (id: string, by: number): void => {
    const from = order.indexOf(id);
    const others = order.filter((one) => one !== id);
    onChange({ choices: [...others.slice(0, from + by), id, ...others.slice(from + by)] });
  };
  return (
    <ol className={classes.entries} aria-label={t("newAnswer")}>
      {order.map((id, index) => (
        <li key={id}>
          <Group justify="space-between" wrap="nowrap">
            <span>{index + 1}. {nameOf(id)}</span>
            <Group gap={4} wrap="nowrap">
              <ActionIcon variant="default" size="sm" aria-label={t("moveUp", { name: nameOf(id) })} disabled={index === 0} onClick={() => move(id, -1)}><IconArrowUp size={13} aria-hidden /></ActionIcon>
              <ActionIcon variant="default" size="sm" aria-label={t("moveDown", { name: nameOf(id) })} disabled={index === order.length - 1} onClick={() => move(id, 1)}><IconArrowDown size={13} aria-hidden /></ActionIcon>
            </Group>
          </Group>
        </li>
      ))}
    </ol>
  );
};

const RowsField = ({ question, language, given, onChange }: Of<"matrix">) => {
  const columns = question.columns.map(({ id, label }) => ({ value: id, label: label[language] ?? id }));
  const set = (row: string, chosen: string[]): void => {
    const { [row]: _, ...others } = given.rows ?? {};
    onChange({ rows: chosen.length === 0 ? others : { ...others, [row]: chosen } });
  };
  return (
    <Stack gap="xs">
      {question.rows.map(({ id, label }) =>
        question.isMultiple === true ? (
          <Checkbox.Group key={id} label={label[language] ?? id} value={given.rows?.[id] ?? []} onChange={(chosen) => set(id, chosen)}>
            <Stack gap={4}>{columns.map((column) => <Checkbox key={column.value} value={column.value} label={column.label} />)}</Stack>
          </Checkbox.Group>
        ) : (
          <Select key={id} label={label[language] ?? id} data={columns} clearable value={given.rows?.[id]?.[0] ?? null} comboboxProps={{ withinPortal: false }}
            onChange={(chosen) => set(id, chosen === null ? [] : [chosen])} />
        ))}
    </Stack>
  );
};

const SharesField = ({ question, language, given, onChange }: Of<"constant_sum">) => {
  const t = useTexts(responsesTexts);
  const amounts = given.amounts ?? {};
  const sum = Object.values(amounts).reduce((whole, amount) => whole + amount, 0);
  return (
    <Stack gap="xs">
      {question.options.map(({ id, label }) => (
        <NumberInput key={id} label={label[language] ?? id} min={0} max={question.total} value={amounts[id] ?? ""} onChange={(amount) => onChange({ amounts: { ...amounts, [id]: typeof amount === "number" ? amount : 0 } })} />
      ))}
      <p className="quiet" role="status">{t("sharesSoFar", { sum, total: question.total })}</p>
    </Stack>
  );
};

const ContactDetails = ({ question, given, onChange }: Of<"contact">) => {
  const words = pageTextsIn("en");
  const fields = given.fields ?? {};
  return (
    <Stack gap="xs">
      {question.fields.map((field) => (
        <TextInput key={field} label={words[field]} maxLength={300} value={fields[field] ?? ""} onChange={(event) => {
          const { [field]: _, ...others } = fields;
          const text = event.currentTarget.value;
          onChange({ fields: text === "" ? others : { ...others, [field]: text } });
        }} />
      ))}
    </Stack>
  );
};
