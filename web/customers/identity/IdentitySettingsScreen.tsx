import { Group, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type IdentityRules, useIdentityRules, useRulesChange } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";
import { PriorityList } from "./PriorityList.tsx";

/** Which values name nobody, how many identifiers one customer may hold, and which kind counts first. */
export const IdentitySettingsScreen = () => {
  const t = useTexts(identityTexts);
  const rules = useIdentityRules();
  return (
    <>
      <PageHeader title={t("rules")} />
      <Grid>
        <Card span={6} title={t("rules")} subtitle={t("rulesHint")}>
          {rules.isPending && <Loading kind="rows" rows={5} />}
          {rules.error !== null && <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />}
          {rules.data !== undefined && <RulesForm rules={rules.data} />}
        </Card>
      </Grid>
    </>
  );
};

const kinds = ["email", "phone", "external", "anonymous"] as const;

const RulesForm = ({ rules }: { rules: IdentityRules }) => {
  const t = useTexts(identityTexts);
  const canChange = useAbility("identity.configure");
  const change = useRulesChange();
  const isCount = (value: string): string | null => (/^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 1000 ? null : t("rulesCount"));
  const fields = useFields({
    blocked: rules.blockedValues.join("\n"), email: most(rules, "email"), phone: most(rules, "phone"), external: most(rules, "external"), anonymous: most(rules, "anonymous"),
  }, { email: isCount, phone: isCount, external: isCount, anonymous: isCount });
  const [priority, setPriority] = useState(rules.priority);
  const save = async (): Promise<void> => {
    const { blocked, ...counts } = fields.values;
    await change({
      blockedValues: blocked.split("\n").map((line) => line.trim()).filter(Boolean),
      perKind: { email: Number(counts.email), phone: Number(counts.phone), external: Number(counts.external), anonymous: Number(counts.anonymous) },
      priority,
    });
    notifyDone(t("rulesSaved"));
  };
  return (
    <Form submitLabel={t("rulesSave")} check={fields.check} onSubmit={save}>
      <Textarea label={t("rulesBlocked")} description={t("rulesBlockedHint")} autosize minRows={4} maxRows={14} disabled={!canChange} {...fields.text("blocked")} />
      <p className="field-label">{t("rulesMost")}</p>
      <Group grow align="flex-start">
        {kinds.map((kind) => (
          <TextInput key={kind} label={t(`most_${kind}`)} inputMode="numeric" disabled={!canChange} {...fields.text(kind)} />
        ))}
      </Group>
      <PriorityList kinds={priority} isReadOnly={!canChange} onChange={setPriority} />
    </Form>
  );
};

const most = (rules: IdentityRules, kind: (typeof kinds)[number]): string => String(rules.perKind[kind] ?? "");
