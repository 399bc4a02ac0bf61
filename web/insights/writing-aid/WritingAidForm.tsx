import { Button, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { type Fields, useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { changeWritingAid, testWritingAid, type WritingAid, type WritingAidTestResult } from "./writing-aid.data.ts";
import { writingAidTexts } from "./writing-aid.texts.ts";

type Values = { address: string; model: string; key: string };

/** Where the language model is, and what it may be asked for. */
export const WritingAidForm = ({ aid }: { aid: WritingAid }) => {
  const t = useTexts(writingAidTexts);
  const [uses, setUses] = useState({ writesSummaries: aid.writesSummaries, writesDrafts: aid.writesDrafts });
  const [isForgetting, setForgetting] = useState(false);
  const needed = (value: string): string | null => (value.trim() === "" ? t("missing") : null);
  const fields = useFields<Values>({ address: aid.address ?? "", model: aid.model ?? "", key: "" }, { address: needed, model: needed });
  const save = async (): Promise<void> => {
    await changeWritingAid({ ...placeOf(fields.values, aid), ...uses });
    notifyDone(t("saved"));
  };
  return (
    <>
      <Form
        submitLabel={t("save")} check={fields.check} onSubmit={save}
        secondary={aid.address !== null && <Button variant="subtle" size="sm" onClick={() => setForgetting(true)}>{t("forget")}</Button>}
      >
        <PlaceFields fields={fields} hasKey={aid.hasKey} />
        <Trial check={fields.check} given={() => placeOf(fields.values, aid)} />
        <fieldset className="aid-uses">
          <legend>{t("uses")}</legend>
          <Switch label={t("writesSummaries")} checked={uses.writesSummaries} onChange={(event) => setUses({ ...uses, writesSummaries: event.currentTarget.checked })} />
          <Switch label={t("writesDrafts")} checked={uses.writesDrafts} onChange={(event) => setUses({ ...uses, writesDrafts: event.currentTarget.checked })} />
        </fieldset>
      </Form>
      <ConfirmDialog
        isOpen={isForgetting}
        onClose={() => setForgetting(false)}
        title={t("forgetTitle")}
        body={t("forgetBody")}
        confirmLabel={t("forget")}
        isDangerous
        onConfirm={async () => {
          await changeWritingAid({ address: null, model: null, key: null, writesSummaries: false, writesDrafts: false });
          notifyDone(t("forgotten"));
        }}
      />
    </>
  );
};

// An empty key keeps the one there is, which is good for the address it was entered for alone.
const placeOf = ({ address, model, key }: Values, kept: WritingAid): { address: string; model: string; key?: string | null } => {
  const place = { address: address.trim().replace(/\/+$/u, ""), model: model.trim() };
  if (key.trim() !== "") return { ...place, key: key.trim() };
  return place.address === kept.address ? place : { ...place, key: null };
};

const PlaceFields = ({ fields, hasKey }: { fields: Fields<Values>; hasKey: boolean }) => {
  const t = useTexts(writingAidTexts);
  return (
    <>
      <TextInput label={t("address")} description={t("addressHint")} type="url" required autoComplete="off" {...fields.text("address")} />
      <TextInput label={t("model")} description={t("modelHint")} required autoComplete="off" {...fields.text("model")} />
      <PasswordField
        label={t("key")} description={hasKey ? t("keyKept") : t("keyHint")} autoComplete="new-password" {...fields.text("key")}
      />
    </>
  );
};

/** Sends a fixed text to what is typed in, before it is saved. */
const Trial = ({ check, given }: { check: () => boolean; given: () => Parameters<typeof testWritingAid>[0] }) => {
  const t = useTexts(writingAidTexts);
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ place: string; result: WritingAidTestResult } | null>(null);
  // An answer of another place than the one written here now says nothing of it.
  const result = tried?.place === JSON.stringify(given()) ? tried.result : null;
  const run = async (): Promise<void> => {
    if (!check()) return;
    setBusy(true);
    const place = given();
    const reply = await testWritingAid(place).catch((refusal: unknown) => ({ isAnswering: false, answer: null, message: messageOf(refusal) }));
    setTried({ place: JSON.stringify(place), result: reply });
    setBusy(false);
  };
  return (
    <div>
      <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void run()}>{t("test")}</Button>
      <div role="status">
        {isBusy && <p className="aid-result quiet">{t("testing")}</p>}
        {!isBusy && result !== null && (
          <p className={`aid-result ${result.isAnswering ? "" : "aid-bad"}`}>{result.isAnswering ? t("answering", { answer: result.answer ?? "" }) : t("notAnswering", { message: result.message ?? "" })}</p>
        )}
      </div>
    </div>
  );
};
