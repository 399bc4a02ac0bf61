import { Anchor, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Navigate, useNavigate } from "@tanstack/react-router";
import { Door } from "../../shell/Door.tsx";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { enter, sessionQuery } from "../../shell/session.data.ts";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkEmail, checkFilled } from "./credentials.ts";
import { signIn, useSetUpState } from "./sessions.data.ts";
import { sessionsTexts } from "./sessions.texts.ts";

// Only addresses of this app: a link from outside must not send people away after they signed in.
const readSearch = (search: Search) => ({ next: /^\/(?![/\\])/.test(search.next ?? "") ? (search.next ?? "/") : "/" });

export const SignInScreen = () => {
  const t = useTexts(sessionsTexts);
  const [{ next }] = useTypedSearch(readSearch);
  const navigate = useNavigate();
  const client = useQueryClient();
  const state = useSetUpState();
  const session = useQuery(sessionQuery);
  const fields = useFields({ email: "", password: "" }, { email: checkEmail, password: checkFilled });
  // Somebody who is signed in already came by an old bookmark.
  if (session.data) return <Navigate to="/" href={next} replace />;
  const submit = async (): Promise<void> => {
    enter(client, await signIn(fields.values));
    await navigate({ href: next });
  };
  return (
    <Door title={t("signIn")} {...(state.data?.isSetUp === false ? { lead: t("firstRun") } : {})}>
      <Form submitLabel={t("signIn")} check={fields.check} onSubmit={submit} isFullWidth>
        <TextInput type="email" label={t("email")} autoComplete="username" autoFocus {...fields.text("email")} />
        <PasswordField label={t("password")} autoComplete="current-password" {...fields.text("password")} />
      </Form>
      <p className="door-foot">
        <Anchor component={Link} to="/forgotten-password" fz={12.5}>
          {t("forgotten")}
        </Anchor>
      </p>
    </Door>
  );
};
