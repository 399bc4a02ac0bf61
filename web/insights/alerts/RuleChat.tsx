import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../../ui/ErrorState.tsx";
import type { Fields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { chatServices, type Rule, tryChat } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { readChat, type RuleForm, serviceOf } from "./rule-form.ts";

/** The chat an alert is written into, with a message to see whether it arrives. */
export const RuleChat = ({ fields, known }: { fields: Fields<RuleForm>; known: Rule["chat"] }) => {
  const t = useTexts(alertsTexts);
  const { chat, chatUrl } = fields.values;
  const isKept = known !== null && known.service === chat && chatUrl.trim() === "";
  return (
    <>
      <Group grow gap="sm" align="flex-start">
        <NativeSelect
          label={t("chat")}
          data={[{ value: "", label: t("noChat") }, ...chatServices.map((value) => ({ value, label: t(value) }))]}
          value={chat}
          onChange={(event) => fields.set({ chat: event.currentTarget.value })}
        />
        <TextInput
          type="url"
          label={t("chatUrl")}
          description={isKept ? t("chatKept", { host: known.host }) : t("chatHint")}
          inputWrapperOrder={["label", "input", "error", "description"]}
          placeholder={isKept ? "••••••••" : "https://"}
          autoComplete="off"
          {...fields.text("chatUrl")}
          onChange={(event) => {
            const url = event.currentTarget.value;
            fields.set({ chatUrl: url, chat: serviceOf(url) ?? chat });
          }}
        />
      </Group>
      <ChatTrial key={`${chat} ${chatUrl}`} fields={fields} />
    </>
  );
};

const ChatTrial = ({ fields }: { fields: Fields<RuleForm> }) => {
  const t = useTexts(alertsTexts);
  const [isTrying, setTrying] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const address = readChat(fields.values);
  if (address === null) return null;
  const run = async (): Promise<void> => {
    setTrying(true);
    const fault = await tryChat(address).then((reply) => reply.fault, messageOf);
    setSaid(fault === null ? t("chatArrived") : t("chatFault", { fault }));
    setTrying(false);
  };
  return (
    <Group gap="sm">
      <Button variant="default" size="compact-sm" loading={isTrying} onClick={() => void run()}>{t("chatTry")}</Button>
      <span role="status" className="quiet">{said}</span>
    </Group>
  );
};
