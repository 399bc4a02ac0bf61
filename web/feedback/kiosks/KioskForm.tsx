import { Select, TextInput } from "@mantine/core";
import { Form, PasswordField } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { changeKiosk, createKiosk, type Kiosk } from "./kiosks.data.ts";
import { kiosksTexts } from "./kiosks.texts.ts";

type Props = {
  /** Null for a new one. */
  kiosk: Kiosk | null;
  surveyId: string | undefined;
  /** Told the kiosk that was made, or null when one was changed. */
  onDone: (made: Kiosk | null) => void;
};

export const KioskForm = ({ kiosk, surveyId, onDone }: Props) => {
  const t = useTexts(kiosksTexts);
  const surveys = useSurveys();
  const choices = surveys.data?.pages.flatMap(({ items }) => items) ?? [];
  const fields = useFields(
    {
      name: kiosk?.name ?? "", place: kiosk?.place ?? "", touchpoint: kiosk?.touchpoint ?? "", surveyId: kiosk?.surveyId ?? surveyId ?? "", idleSeconds: String(kiosk?.idleSeconds ?? 30), pin: "",
    },
    {
      name: (name) => (name.trim() === "" ? t("nameMissing") : null),
      surveyId: (id) => (id === "" ? t("surveyMissing") : null),
      idleSeconds: (text) => (/^\d+$/.test(text) && Number(text) >= 10 && Number(text) <= 600 ? null : t("idleWrong")),
      pin: (pin) => (/^\d{4,8}$/.test(pin) || (pin === "" && kiosk !== null) ? null : t("pinWrong")),
    },
  );
  const submit = async (): Promise<void> => {
    const { name, place, touchpoint, pin } = fields.values;
    const given = { name, place, touchpoint: touchpoint.trim() === "" ? null : touchpoint, surveyId: fields.values.surveyId, idleSeconds: Number(fields.values.idleSeconds) };
    if (kiosk === null) {
      onDone(await createKiosk({ ...given, pin }));
      return;
    }
    await changeKiosk(kiosk.id, { ...given, ...(pin === "" ? {} : { pin }) });
    notifyDone(t("saved", { name }));
    onDone(null);
  };
  return (
    <Form submitLabel={kiosk === null ? t("create") : t("save")} check={fields.check} onSubmit={submit}>
      <TextInput label={t("name")} data-autofocus maxLength={80} {...fields.text("name")} />
      <TextInput label={t("place")} placeholder={t("placePlaceholder")} maxLength={80} {...fields.text("place")} />
      <Select label={t("survey")} description={t("surveyHint")} searchable data={choices.map(({ id, name }) => ({ value: id, label: name }))} value={fields.values.surveyId || null} error={fields.errors.surveyId}
        onChange={(value) => fields.set({ surveyId: value ?? "" })} />
      <TextInput label={t("touchpoint")} description={t("touchpointHint")} maxLength={80} {...fields.text("touchpoint")} />
      <TextInput label={t("idle")} inputMode="numeric" w={160} {...fields.text("idleSeconds")} />
      <PasswordField label={t("pin")} description={kiosk === null ? t("pinHint") : `${t("pinHint")} ${t("pinKeep")}`} inputMode="numeric" autoComplete="off" maxLength={8} {...fields.text("pin")} />
    </Form>
  );
};
