import { Anchor, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Door } from "../../shell/Door.tsx";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkEmail } from "./credentials.ts";
import { askPasswordReset } from "./sessions.data.ts";
import { sessionsTexts } from "./sessions.texts.ts";

export const ForgottenPasswordScreen = () => {
  const t = useTexts(sessionsTexts);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const fields = useFields({ email: "" }, { email: checkEmail });
  const submit = async (): Promise<void> => {
    await askPasswordReset(fields.values.email);
    setSentTo(fields.values.email);
  };
  const back = (
    <Anchor component={Link} to="/sign-in" fz={12.5}>
      {t("backToSignIn")}
    </Anchor>
  );
  if (sentTo !== null)
    return (
      <Door title={t("sentTitle")} foot={back}>
        <p role="status">{t("sentBody", { email: sentTo })}</p>
      </Door>
    );
  return (
    <Door title={t("forgottenTitle")} lead={t("forgottenLead")} foot={back}>
      <Form submitLabel={t("sendLink")} check={fields.check} onSubmit={submit} isFullWidth>
        <TextInput type="email" label={t("email")} autoComplete="username" autoFocus {...fields.text("email")} />
      </Form>
    </Door>
  );
};
