import type { QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { Switch } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { OptionList } from "./OptionList.tsx";

/** Lines and columns of a table of choices. */
export const MatrixFields = ({ question }: { question: QuestionOf<"matrix"> }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  return (
    <>
      <OptionList label={t("rows")} addLabel={t("addRow")} options={question.rows} limit={50} questionId={question.id} onChange={(rows) => put({ ...question, rows })} />
      <OptionList label={t("columns")} addLabel={t("addColumn")} options={question.columns} limit={20} questionId={question.id} onChange={(columns) => put({ ...question, columns })} />
      <Switch label={t("isMultipleRow")} checked={question.isMultiple === true} onChange={(event) => put({ ...question, isMultiple: event.currentTarget.checked || undefined })} />
      <Switch label={t("randomRows")} checked={question.order === "random"} onChange={(event) => put({ ...question, order: event.currentTarget.checked ? "random" : undefined })} />
    </>
  );
};
