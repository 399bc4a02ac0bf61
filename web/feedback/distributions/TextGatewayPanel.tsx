import { PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type NewTextGateway, saveTextGateway, type TextGateway, useSentTexts, useTextGateway } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts } from "./distributions.texts.ts";

const KINDS = ["fake", "twilio", "http"] as const;

/** Through whom text messages leave, and the last ones that did. */
export const TextGatewayPanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(distributionsTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("gateway")} width={520}>
      {isOpen && <Content />}
    </SidePanel>
  );
};

const Content = () => {
  const t = useTexts(distributionsTexts);
  const gateway = useTextGateway();
  if (gateway.error !== null) return <ErrorState error={gateway.error} onRetry={() => void gateway.refetch()} />;
  if (gateway.data === undefined) return <Loading kind="rows" rows={4} />;
  return (
    <div className={classes.fields}>
      <p className="quiet">{t("gatewayHelp")}</p>
      <GatewayForm gateway={gateway.data} />
      {gateway.data.hookUrl !== null && gateway.data.kind !== "fake" && <div><p className="quiet">{t("hook")}</p><CopyField label={t("hook")} value={gateway.data.hookUrl} /></div>}
      <LastTexts />
    </div>
  );
};

const GatewayForm = ({ gateway }: { gateway: TextGateway }) => {
  const t = useTexts(distributionsTexts);
  const [kind, setKind] = useState(gateway.kind);
  const [secret, setSecret] = useState("");
  const [twilio, setTwilio] = useState(gateway.twilio ?? { accountSid: "", from: "", baseUrl: "https://api.twilio.com" });
  const [http, setHttp] = useState(gateway.http ?? { url: "https://", method: "POST" as const, headers: {}, body: "{\"to\": \"{{to}}\", \"text\": \"{{text}}\"}" });
  const save = async (): Promise<void> => {
    const own = secret === "" ? {} : { secret };
    const given: NewTextGateway = kind === "twilio" ? { kind, twilio, ...own } : kind === "http" ? { kind, http, ...own } : { kind };
    await saveTextGateway(given);
    setSecret("");
    notifyDone(t("saved"));
  };
  return (
    <Form submitLabel={t("save")} onSubmit={save}>
      <Select label={t("gateway")} allowDeselect={false} data={KINDS.map((value) => ({ value, label: t(value) }))} value={kind} onChange={(value) => setKind(KINDS.find((one) => one === value) ?? "fake")} />
      {kind === "twilio" && (
        <>
          <TextInput label={t("accountSid")} value={twilio.accountSid} onChange={(event) => setTwilio({ ...twilio, accountSid: event.currentTarget.value })} />
          <TextInput label={t("from")} value={twilio.from} onChange={(event) => setTwilio({ ...twilio, from: event.currentTarget.value })} />
          <TextInput label={t("baseUrl")} value={twilio.baseUrl} onChange={(event) => setTwilio({ ...twilio, baseUrl: event.currentTarget.value })} />
        </>
      )}
      {kind === "http" && (
        <>
          <TextInput label={t("url")} value={http.url} onChange={(event) => setHttp({ ...http, url: event.currentTarget.value })} />
          <Textarea label={t("httpBody")} description={t("httpHelp", { places: "{{to}}, {{text}}, {{id}}, {{secret}}" })} autosize minRows={3} value={http.body} onChange={(event) => setHttp({ ...http, body: event.currentTarget.value })} />
        </>
      )}
      {kind !== "fake" && (
        <PasswordInput label={t("secret")} autoComplete="off" value={secret} onChange={(event) => setSecret(event.currentTarget.value)} {...(gateway.hasSecret && gateway.kind === kind ? { description: t("secretKept") } : {})} />
      )}
    </Form>
  );
};

const LastTexts = () => {
  const t = useTexts(distributionsTexts);
  const texts = useSentTexts();
  const items = texts.data?.items ?? [];
  return (
    <section aria-label={t("lastTexts")} className={classes.fields}>
      <h3>{t("lastTexts")}</h3>
      {texts.data !== undefined && items.length === 0 && <p className="quiet">{t("noTexts")}</p>}
      {items.map((text) => <p key={text.id} className={classes.message}><strong>{text.phone}</strong> <span className="quiet">{text.error ?? text.state}</span>{"\n"}{text.body}</p>)}
    </section>
  );
};
