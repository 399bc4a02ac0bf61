import { pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { ContactField, QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { Checkbox } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";

const FIELDS: readonly ContactField[] = ["first_name", "last_name", "email", "phone", "company", "street", "postal_code", "city", "country"];

/** Which contact details are asked for, and which of them must be given. */
export const ContactFields = ({ question }: { question: QuestionOf<"contact"> }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  const words = pageTextsIn("en");
  const required = question.requiredFields ?? [];
  const without = (list: readonly ContactField[], field: ContactField): ContactField[] => list.filter((one) => one !== field);
  const ask = (field: ContactField, isAsked: boolean): void =>
    put({ ...question, fields: FIELDS.filter((one) => (one === field ? isAsked : question.fields.includes(one))), requiredFields: isAsked ? question.requiredFields : without(required, field) });
  const need = (field: ContactField, isNeeded: boolean): void => put({ ...question, requiredFields: isNeeded ? [...without(required, field), field] : without(required, field) });
  return (
    <table className={classes.fieldTable}>
      <caption className={classes.label}>{t("contactFields")}</caption>
      <thead><tr><th scope="col">{t("field")}</th><th scope="col">{t("asked")}</th><th scope="col">{t("needed")}</th></tr></thead>
      <tbody>
        {FIELDS.map((field) => (
          <tr key={field}>
            <th scope="row">{words[field]}</th>
            <td><Checkbox size="xs" aria-label={t("askFor", { field: words[field] })} checked={question.fields.includes(field)} onChange={(event) => ask(field, event.currentTarget.checked)} /></td>
            <td>
              <Checkbox size="xs" aria-label={t("need", { field: words[field] })} checked={required.includes(field)} disabled={!question.fields.includes(field)}
                onChange={(event) => need(field, event.currentTarget.checked)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
