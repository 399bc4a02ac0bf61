import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { formatMoment } from "../../ui/dates.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ContactStandingShown, useBlock } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts } from "./contact-policy.texts.ts";

/** What is open with a customer, during which nobody asks her; a member sets and lifts it. */
export const ContactSilence = ({ customerId, standing }: { customerId: string; standing: ContactStandingShown }) => {
  const t = useTexts(contactPolicyTexts);
  const canWrite = useAbility("customers.write");
  const block = useBlock(customerId);
  const [isWriting, setWriting] = useState(false);
  const isSet = standing.blocks.some((one) => one.isByHand);
  return (
    <>
      <h3 className={classes.small}>{t("silence")}</h3>
      {standing.blocks.length === 0 && !isWriting && <p className="quiet">{t("silenceNone")}</p>}
      <ul className="line-list">
        {standing.blocks.map((one) => (
          <li key={`${one.reason} ${one.from}`}>
            <span>
              {one.reason}
              <span className="quiet"> · {t(one.until === null ? "silenceSince" : "silenceFromTo", { from: formatMoment(new Date(one.from)), until: one.until === null ? "" : formatMoment(new Date(one.until)) })}</span>
            </span>
            {one.isByHand && canWrite && <Button size="compact-xs" variant="default" loading={block.isPending} onClick={() => block.mutate(null, { onError: notifyFailed })}>{t("silenceLift")}</Button>}
          </li>
        ))}
      </ul>
      {canWrite && !isSet && !isWriting && <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>{t("silenceSet")}</Button>}
      {isWriting && <SilenceForm onSave={(given) => block.mutateAsync(given)} onDone={() => setWriting(false)} />}
    </>
  );
};

type Given = { reason: string; until: string | null };

const SilenceForm = ({ onSave, onDone }: { onSave: (given: Given) => Promise<unknown>; onDone: () => void }) => {
  const t = useTexts(contactPolicyTexts);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const save = async (): Promise<void> => {
    await onSave({ reason, until: until === "" ? null : new Date(until).toISOString() });
    onDone();
  };
  return (
    <Form submitLabel={t("silenceSave")} onSubmit={save} check={() => reason.trim() !== ""} secondary={<Button variant="default" size="sm" onClick={onDone}>{t("cancel")}</Button>}>
      <TextInput autoFocus required size="xs" label={t("silenceReason")} placeholder={t("silenceReasonExample")} maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <TextInput type="datetime-local" size="xs" label={t("silenceUntil")} description={t("silenceUntilHint")} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
    </Form>
  );
};
