import { Radio, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { createSurvey, useSurveyTemplates } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

const BLANK = "";

/** Name and template of a new survey; opens the builder on it. */
export const NewSurveyPanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(surveysTexts);
  const navigate = useNavigate();
  const templates = useSurveyTemplates(isOpen);
  const [templateId, setTemplateId] = useState("relationship");
  const fields = useFields({ name: "" }, { name: (name) => (name.trim() === "" ? t("nameMissing") : null) });
  const submit = async (): Promise<void> => {
    const survey = await createSurvey({ name: fields.values.name.trim(), ...(templateId === BLANK ? {} : { templateId }) });
    onClose();
    await navigate({ to: "/surveys/$surveyId", params: { surveyId: survey.id } });
  };
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("create")}>
      <Form submitLabel={t("create")} onSubmit={submit} check={fields.check}>
        <TextInput label={t("name")} placeholder={t("namePlaceholder")} maxLength={120} data-autofocus {...fields.text("name")} />
        <Radio.Group label={t("startFrom")} value={templateId} onChange={setTemplateId}>
          <Stack gap="sm" mt="xs">
            {(templates.data?.items ?? []).map((template) => (
              <Radio key={template.id} value={template.id} label={template.name} description={template.about} />
            ))}
            <Radio value={BLANK} label={t("blank")} description={t("blankAbout")} />
          </Stack>
        </Radio.Group>
      </Form>
    </SidePanel>
  );
};
