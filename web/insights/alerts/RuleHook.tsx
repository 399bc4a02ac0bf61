import { Group, NativeSelect, TextInput } from "@mantine/core";
import type { Fields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Rule } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import type { RuleForm } from "./rule-form.ts";

/** The other system that gets a signed message for each alert. Its address is not shown: whoever knows it could write there. */
export const RuleHook = ({ fields, host }: { fields: Fields<RuleForm>; host: Rule["hookHost"] }) => {
  const t = useTexts(alertsTexts);
  const { hook, hookUrl } = fields.values;
  const isKept = host !== null && hook !== "" && hookUrl.trim() === "";
  return (
    <Group grow gap="sm" align="flex-start">
      <NativeSelect label={t("hook")} data={[{ value: "", label: t("noHook") }, { value: "signed", label: t("signedHook") }]} value={hook} onChange={(event) => fields.set({ hook: event.currentTarget.value })} />
      <TextInput
        type="url"
        label={t("hookUrl")}
        description={isKept ? t("chatKept", { host }) : t("hookHint")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        placeholder={isKept ? "••••••••" : "https://"}
        autoComplete="off"
        {...fields.text("hookUrl")}
        onChange={(event) => {
          const url = event.currentTarget.value;
          fields.set({ hookUrl: url, hook: url.trim() === "" ? hook : "signed" });
        }}
      />
    </Group>
  );
};
