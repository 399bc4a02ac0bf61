import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Door } from "../../shell/Door.tsx";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { enter } from "../../shell/session.data.ts";
import { messageOf } from "../../ui/ErrorState.tsx";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkFilled, checkNewPassword } from "../sessions/credentials.ts";
import { acceptInvitation, useShownInvitation } from "./members.data.ts";
import { membersTexts } from "./members.texts.ts";

const readSearch = (search: Search) => ({ token: search.token ?? "" });

/** Opened by the link in the invitation. */
export const InvitationScreen = () => {
  const t = useTexts(membersTexts);
  const [{ token }] = useTypedSearch(readSearch);
  const invitation = useShownInvitation(token);
  if (invitation.isPending) return <Door title="…"><Loading kind="rows" rows={3} /></Door>;
  if (invitation.isError) return <Door title={t("linkDead")}>{messageOf(invitation.error)}</Door>;
  const { workspaceName, role, email, hasAccount } = invitation.data;
  return (
    <Door title={t("joinTitle", { workspace: workspaceName })} lead={t("joinLead", { role: t(role), email })}>
      <JoinForm token={token} hasAccount={hasAccount} />
    </Door>
  );
};

const JoinForm = ({ token, hasAccount }: { token: string; hasAccount: boolean }) => {
  const t = useTexts(membersTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const fields = useFields(
    { name: "", password: "" },
    hasAccount ? { password: checkFilled } : { name: checkFilled, password: checkNewPassword },
  );
  const submit = async (): Promise<void> => {
    const { name, password } = fields.values;
    enter(client, await acceptInvitation(hasAccount ? { token, password } : { token, name, password }));
    await navigate({ to: "/" });
  };
  return (
    <Form submitLabel={t("join")} check={fields.check} onSubmit={submit} isFullWidth>
      {!hasAccount && <TextInput label={t("yourName")} autoComplete="name" autoFocus {...fields.text("name")} />}
      {hasAccount ? (
        <PasswordField label={t("password")} description={t("hasAccount")} autoComplete="current-password" {...fields.text("password")} />
      ) : (
        <PasswordField label={t("newPassword")} autoComplete="new-password" hasStrength {...fields.text("password")} />
      )}
    </Form>
  );
};
