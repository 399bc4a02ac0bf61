import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { CopyField } from "../../ui/CopyField.tsx";
import { Form } from "../../ui/Form.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { createLink, type Survey } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

const IDENTIFIER = /^[a-z][a-z0-9_:-]*:\S/;

/** The survey's links: one for everybody, and ones that know the customer. */
export const SharePanel = ({ survey, isOpen, onClose }: { survey: Survey; isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(surveysTexts);
  const mayWrite = useAbility("surveys.write");
  const [personalUrl, setPersonalUrl] = useState<string | null>(null);
  const fields = useFields({ identifier: "" }, { identifier: (value) => (IDENTIFIER.test(value.trim()) ? null : t("identifierWrong")) });
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("shareTitle")}>
      <Stack gap="lg">
        <section>
          <h3>{t("link")}</h3>
          <p className="quiet">{t("linkBody")}</p>
          <CopyField value={survey.url} label={t("link")} />
          <Button component="a" href={survey.url} target="_blank" rel="noreferrer" variant="subtle" size="compact-sm" mt="xs">{t("openPage")}</Button>
        </section>
        {mayWrite && (
          <section>
            <h3>{t("personalLink")}</h3>
            <p className="quiet">{t("personalLinkBody")}</p>
            <Form
              submitLabel={t("makeLink")}
              check={fields.check}
              onSubmit={async () => setPersonalUrl((await createLink(survey.id, fields.values.identifier.trim())).url)}
            >
              <TextInput label={t("identifier")} placeholder={t("identifierPlaceholder")} maxLength={260} {...fields.text("identifier")} />
            </Form>
            {personalUrl !== null && <Stack mt="sm"><CopyField value={personalUrl} label={t("personalLink")} /></Stack>}
          </section>
        )}
        <p className="quiet">{t("parameters")}</p>
      </Stack>
    </SidePanel>
  );
};
