import { Anchor, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Door } from "../../shell/Door.tsx";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { enter } from "../../shell/session.data.ts";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkEmail, checkFilled, checkNewPassword } from "./credentials.ts";
import { setUp, useSetUpState } from "./sessions.data.ts";
import { sessionsTexts } from "./sessions.texts.ts";

const readSearch = (search: Search) => ({ token: search.token ?? "" });

/** Opened by the one-time link that the server prints at its first start. */
export const SetUpScreen = () => {
  const t = useTexts(sessionsTexts);
  const [{ token }] = useTypedSearch(readSearch);
  const state = useSetUpState();
  const toSignIn = (
    <Anchor component={Link} to="/sign-in">
      {t("signIn")}
    </Anchor>
  );
  if (state.data?.isSetUp)
    return (
      <Door title={t("setUpTitle")} lead={t("alreadySetUp")}>
        {toSignIn}
      </Door>
    );
  if (token === "") return <Door title={t("setUpTitle")}>{t("setUpLinkMissing")}</Door>;
  return (
    <Door title={t("setUpTitle")} lead={t("setUpLead")}>
      <SetUpForm token={token} />
    </Door>
  );
};

const SetUpForm = ({ token }: { token: string }) => {
  const t = useTexts(sessionsTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const fields = useFields(
    { workspaceName: "", name: "", email: "", password: "" },
    { workspaceName: checkFilled, name: checkFilled, email: checkEmail, password: checkNewPassword },
  );
  const submit = async (): Promise<void> => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    enter(client, await setUp({ token, timeZone, ...fields.values }));
    await navigate({ to: "/" });
  };
  return (
    <Form submitLabel={t("start")} check={fields.check} onSubmit={submit} isFullWidth>
      <TextInput label={t("workspaceName")} description={t("workspaceHint")} autoComplete="organization" autoFocus {...fields.text("workspaceName")} />
      <TextInput label={t("yourName")} autoComplete="name" {...fields.text("name")} />
      <TextInput type="email" label={t("email")} autoComplete="username" {...fields.text("email")} />
      <PasswordField label={t("password")} description={t("passwordHint")} autoComplete="new-password" hasStrength {...fields.text("password")} />
    </Form>
  );
};
