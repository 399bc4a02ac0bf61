import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { type Translate, useTexts } from "../../ui/texts.ts";
import classes from "./Mailbox.module.css";
import { changeMailbox, createMailbox, type Mailbox, type MailboxTestResult, type Place, testMailbox } from "./mailbox.data.ts";
import { mailboxTexts } from "./mailbox.texts.ts";

type Values = { host: string; port: string; encryption: Mailbox["encryption"]; username: string; password: string; folder: string; everyMinutes: number; readsOld: boolean };
type Problems = Partial<Record<keyof Values, string>>;
type Words = Translate<(typeof mailboxTexts)["words"]>;

const ENCRYPTIONS = [{ value: "tls", label: "tls", port: "993" }, { value: "starttls", label: "starttls", port: "143" }, { value: "none", label: "noEncryption", port: "143" }] as const;
const MINUTES = [1, 5, 15, 60];

const valuesOf = (mailbox: Mailbox | null): Values => ({
  host: mailbox?.host ?? "", port: String(mailbox?.port ?? 993), encryption: mailbox?.encryption ?? "tls", username: mailbox?.username ?? "", password: "",
  folder: mailbox?.folder ?? "INBOX", everyMinutes: mailbox?.everyMinutes ?? 1, readsOld: false,
});

const placeOf = ({ host, port, encryption, username, password, folder }: Values): Place =>
  ({ host: host.trim(), port: Number(port), encryption, username: username.trim(), folder: folder.trim(), ...(password === "" ? {} : { password }) });

const problemsIn = (values: Values, mailbox: Mailbox | null, t: Words): Problems => {
  const place = placeOf(values);
  const keepsPassword = mailbox?.hasPassword === true && mailbox.host === place.host && mailbox.port === place.port && mailbox.username === place.username && mailbox.encryption === place.encryption;
  return {
    ...(place.host === "" ? { host: t("missing") } : {}),
    ...(!Number.isInteger(place.port) || place.port < 1 || place.port > 65_535 ? { port: t("portWrong") } : {}),
    ...(place.username === "" ? { username: t("missing") } : {}),
    ...(place.folder === "" ? { folder: t("missing") } : {}),
    ...(values.password === "" && !keepsPassword ? { password: t("missing") } : {}),
  };
};

/** Adds a mailbox, or changes one. */
export const MailboxForm = ({ mailbox, onDone }: { mailbox: Mailbox | null; onDone: () => void }) => {
  const t = useTexts(mailboxTexts);
  const [values, setValues] = useState(() => valuesOf(mailbox));
  const [problems, setProblems] = useState<Problems>({});
  const change = (given: Partial<Values>): void => {
    setValues((before) => ({ ...before, ...given }));
    setProblems({});
  };
  const check = (): boolean => {
    const found = problemsIn(values, mailbox, t);
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  const submit = async (): Promise<void> => {
    const place = placeOf(values);
    const { everyMinutes, readsOld } = values;
    if (mailbox === null) await createMailbox({ ...place, everyMinutes, readsOld });
    else await changeMailbox(mailbox.id, { ...place, everyMinutes });
    notifyDone(mailbox === null ? t("created", { name: place.username }) : t("saved"));
    onDone();
  };
  return (
    <Form submitLabel={mailbox === null ? t("create") : t("save")} check={check} onSubmit={submit}>
      <ServerFields values={values} problems={problems} hasPassword={mailbox?.hasPassword === true} onChange={change} />
      <TextInput label={t("folder")} value={values.folder} error={problems.folder} required onChange={(event) => change({ folder: event.currentTarget.value })} />
      <Select
        label={t("every")} data={[...new Set([...MINUTES, values.everyMinutes])].map((count) => ({ value: String(count), label: t("everyMinute", { count }) }))} value={String(values.everyMinutes)} allowDeselect={false}
        onChange={(value) => change({ everyMinutes: Number(value ?? 1) })}
      />
      {mailbox === null && <Checkbox label={t("readsOld")} description={t("readsOldHint")} checked={values.readsOld} onChange={(event) => change({ readsOld: event.currentTarget.checked })} />}
      <ConnectionTest check={check} given={() => ({ ...placeOf(values), ...(mailbox === null ? {} : { mailboxId: mailbox.id }) })} />
    </Form>
  );
};

type FieldsProps = { values: Values; problems: Problems; hasPassword: boolean; onChange: (given: Partial<Values>) => void };

const ServerFields = ({ values, problems, hasPassword, onChange }: FieldsProps) => {
  const t = useTexts(mailboxTexts);
  return (
    <>
      <div className={classes.row}>
        <TextInput label={t("host")} placeholder={t("hostHint")} value={values.host} error={problems.host} required autoComplete="off" onChange={(event) => onChange({ host: event.currentTarget.value })} />
        <TextInput label={t("port")} value={values.port} error={problems.port} required inputMode="numeric" onChange={(event) => onChange({ port: event.currentTarget.value })} />
      </div>
      <Select
        label={t("encryption")} data={ENCRYPTIONS.map(({ value, label }) => ({ value, label: t(label) }))} value={values.encryption} allowDeselect={false}
        onChange={(value) => {
          const chosen = ENCRYPTIONS.find((one) => one.value === value);
          if (chosen !== undefined) onChange({ encryption: chosen.value, port: chosen.port });
        }}
      />
      <TextInput label={t("username")} description={t("usernameHint")} value={values.username} error={problems.username} required autoComplete="off" onChange={(event) => onChange({ username: event.currentTarget.value })} />
      <PasswordField
        label={t("password")} description={hasPassword ? t("passwordKept") : t("passwordHint")} value={values.password} error={problems.password} required={!hasPassword} autoComplete="new-password"
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  );
};

const ConnectionTest = ({ check, given }: { check: () => boolean; given: () => Parameters<typeof testMailbox>[0] }) => {
  const t = useTexts(mailboxTexts);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<MailboxTestResult | null>(null);
  const run = async (): Promise<void> => {
    if (!check()) return;
    setBusy(true);
    setResult(await testMailbox(given()).catch((refusal: unknown) => ({ isConnected: false, message: messageOf(refusal), mails: 0, folders: [] })));
    setBusy(false);
  };
  return (
    <div>
      <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void run()}>{t("test")}</Button>
      <div role="status">
        {result !== null && <p className={`${classes.result} ${result.isConnected ? "" : classes.bad}`}>{result.isConnected ? t("connected", { count: result.mails }) : t("notConnected", { message: result.message ?? "" })}</p>}
        {result !== null && !result.isConnected && result.folders.length > 0 && <p className={`${classes.result} quiet`}>{t("folders", { names: result.folders.join(", ") })}</p>}
      </div>
    </div>
  );
};
