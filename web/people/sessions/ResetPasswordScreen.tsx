import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Door } from "../../shell/Door.tsx";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkNewPassword } from "./credentials.ts";
import { resetPassword } from "./sessions.data.ts";
import { sessionsTexts } from "./sessions.texts.ts";

const readSearch = (search: Search) => ({ token: search.token ?? "" });

/** Opened by the link in the mail. */
export const ResetPasswordScreen = () => {
  const t = useTexts(sessionsTexts);
  const [{ token }] = useTypedSearch(readSearch);
  const [isChanged, setChanged] = useState(false);
  const fields = useFields({ password: "" }, { password: checkNewPassword });
  const submit = async (): Promise<void> => {
    await resetPassword({ token, password: fields.values.password });
    setChanged(true);
  };
  if (isChanged)
    return (
      <Door title={t("changedTitle")} lead={t("changedBody")}>
        <Button component={Link} to="/sign-in" size="sm" fullWidth>
          {t("signIn")}
        </Button>
      </Door>
    );
  const again = (
    <Anchor component={Link} to="/forgotten-password" fz={12.5}>
      {t("forgottenTitle")}
    </Anchor>
  );
  if (token === "") return <Door title={t("resetTitle")} lead={t("linkMissing")}>{again}</Door>;
  return (
    <Door title={t("resetTitle")} foot={again}>
      <Form submitLabel={t("resetTitle")} check={fields.check} onSubmit={submit} isFullWidth>
        <PasswordField label={t("newPassword")} description={t("passwordHint")} autoComplete="new-password" autoFocus hasStrength {...fields.text("password")} />
      </Form>
    </Door>
  );
};
