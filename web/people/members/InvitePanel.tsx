import { Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField.tsx";
import { Form } from "../../ui/Form.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { checkEmail } from "../sessions/credentials.ts";
import { type CreatedInvitation, invite } from "./members.data.ts";
import { membersTexts } from "./members.texts.ts";
import { isRole, roles } from "./roles.ts";

export const InvitePanel = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(membersTexts);
  const [created, setCreated] = useState<CreatedInvitation | null>(null);
  const close = (): void => {
    setCreated(null);
    onClose();
  };
  return (
    <SidePanel isOpen={isOpen} onClose={close} title={created ? t("invited", { email: created.email }) : t("inviteTitle")}>
      {created ? (
        <Stack gap="sm">
          <p className="dialog-body">{t("linkHint")}</p>
          <CopyField label={t("linkLabel")} value={created.link} />
        </Stack>
      ) : (
        <InviteForm onCreated={setCreated} />
      )}
    </SidePanel>
  );
};

const InviteForm = ({ onCreated }: { onCreated: (created: CreatedInvitation) => void }) => {
  const t = useTexts(membersTexts);
  const fields = useFields({ email: "", role: "manager" }, { email: checkEmail });
  const submit = async (): Promise<void> => {
    const { email, role } = fields.values;
    if (isRole(role)) onCreated(await invite({ email, role }));
  };
  return (
    <Form submitLabel={t("sendInvitation")} check={fields.check} onSubmit={submit}>
      <TextInput type="email" label={t("email")} description={t("inviteHint")} data-autofocus {...fields.text("email")} />
      <Radio.Group label={t("role")} value={fields.values.role} onChange={(role) => fields.set({ role })}>
        <Stack gap={10} mt={8}>
          {roles.map((role) => (
            <Radio key={role} value={role} label={t(role)} description={t(`${role}Means`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Form>
  );
};
