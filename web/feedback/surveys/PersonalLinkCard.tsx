import { Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { createLink, type Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

const IDENTIFIER = /^[a-z][a-z0-9_:-]*:\S/;

/** A link that knows its customer. */
export const PersonalLinkCard = ({ survey }: { survey: Survey }) => {
  const t = useTexts(surveysTexts);
  const [url, setUrl] = useState<string | null>(null);
  const [isSingleUse, setSingleUse] = useState(false);
  const fields = useFields({ identifier: "" }, { identifier: (value) => (IDENTIFIER.test(value.trim()) ? null : t("identifierWrong")) });
  return (
    <Card title={t("personalLink")} subtitle={t("personalLinkBody")} span={6}>
      <Form submitLabel={t("makeLink")} check={fields.check} onSubmit={async () => setUrl((await createLink(survey.id, { identifier: fields.values.identifier.trim(), isSingleUse })).url)}>
        <TextInput label={t("identifier")} placeholder={t("identifierPlaceholder")} maxLength={260} {...fields.text("identifier")} />
        <Switch label={t("singleUse")} checked={isSingleUse} onChange={(event) => setSingleUse(event.currentTarget.checked)} />
      </Form>
      {url !== null && <div style={{ marginTop: 12 }}><CopyField value={url} label={t("personalLink")} /></div>}
    </Card>
  );
};
