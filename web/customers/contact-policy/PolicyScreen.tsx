import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ContactPolicy, usePolicy, usePolicyChange } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts } from "./contact-policy.texts.ts";
import { PolicyFields } from "./PolicyFields.tsx";
import { PreviewCard } from "./PreviewCard.tsx";
import { policySentences } from "./sentences.ts";

/** When customers may be contacted: in words, as rules, and what a change would have done. */
export const PolicyScreen = () => {
  const t = useTexts(contactPolicyTexts);
  const shown = usePolicy();
  return (
    <>
      <PageHeader title={t("title")} actions={<Button component={Link} to="/contact-ledger" variant="default" fw={500}>{t("toLedger")}</Button>} />
      {shown.isPending && <Loading kind="page" />}
      {shown.error !== null && <ErrorState error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.data !== undefined && <PolicyEditor key={shown.data.changedAt} saved={shown.data.policy} isProposed={shown.data.changedAt === null} timeZone={shown.data.timeZone} />}
    </>
  );
};

const PREVIEW_AFTER_MS = 500;

const PolicyEditor = ({ saved, isProposed, timeZone }: { saved: ContactPolicy; isProposed: boolean; timeZone: string }) => {
  const t = useTexts(contactPolicyTexts);
  const canChange = useAbility("contact-policy.write");
  const change = usePolicyChange();
  const [draft, setDraft] = useState(saved);
  const [previewed] = useDebouncedValue(draft, PREVIEW_AFTER_MS);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);
  const save = async (): Promise<void> => {
    await change(draft);
    notifyDone(t("saved"));
  };
  const fields = <PolicyFields policy={draft} timeZone={timeZone} isReadOnly={!canChange} onChange={(patch) => setDraft((before) => ({ ...before, ...patch }))} />;
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <Card title={t("rules")} subtitle={canChange ? (isProposed ? t("proposed") : undefined) : t("readOnly")}>
          {canChange ? (
            <Form
              submitLabel={t("save")}
              onSubmit={save}
              secondary={isChanged ? <Button variant="subtle" size="sm" onClick={() => setDraft(saved)}>{t("discard")}</Button> : <span className="quiet">{t("unchanged")}</span>}
            >
              {fields}
            </Form>
          ) : fields}
        </Card>
      </div>
      <div className={classes.column}>
        <Card title={t("inWords")} subtitle={t("inWordsHint")}>
          <ul className={classes.sentences}>
            {policySentences(draft, t).map((sentence) => <li key={sentence}>{sentence}</li>)}
          </ul>
        </Card>
        <PreviewCard policy={previewed} />
      </div>
    </div>
  );
};
