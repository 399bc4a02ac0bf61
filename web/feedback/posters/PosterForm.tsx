import { Select, TextInput } from "@mantine/core";
import { Form } from "../../ui/Form.tsx";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { changePoster, createPoster, type Poster } from "./posters.data.ts";
import { postersTexts } from "./posters.texts.ts";

type Props = {
  /** Null for a new one. */
  poster: Poster | null;
  surveyId: string | undefined;
  onDone: () => void;
};

export const PosterForm = ({ poster, surveyId, onDone }: Props) => {
  const t = useTexts(postersTexts);
  const surveys = useSurveys();
  const choices = surveys.data?.pages.flatMap(({ items }) => items) ?? [];
  const fields = useFields(
    {
      place: poster?.place ?? "", touchpoint: poster?.touchpoint ?? "", surveyId: poster?.surveyId ?? surveyId ?? "",
      headline: poster?.headline ?? t("headlineFirst"), invitation: poster?.invitation ?? t("invitationFirst"),
    },
    {
      place: (place) => (place.trim() === "" ? t("placeMissing") : null),
      surveyId: (id) => (id === "" ? t("surveyMissing") : null),
      headline: (headline) => (headline.trim() === "" ? t("headlineMissing") : null),
    },
  );
  const submit = async (): Promise<void> => {
    const { touchpoint, ...values } = fields.values;
    const given = { ...values, touchpoint: touchpoint.trim() === "" ? null : touchpoint };
    if (poster === null) await createPoster(given);
    else await changePoster(poster.id, given);
    notifyDone(t("saved", { place: values.place }));
    onDone();
  };
  return (
    <Form submitLabel={poster === null ? t("create") : t("save")} check={fields.check} onSubmit={submit}>
      <TextInput label={t("place")} placeholder={t("placePlaceholder")} data-autofocus maxLength={80} {...fields.text("place")} />
      <Select label={t("survey")} searchable data={choices.map(({ id, name }) => ({ value: id, label: name }))} value={fields.values.surveyId || null} error={fields.errors.surveyId}
        onChange={(value) => fields.set({ surveyId: value ?? "" })} />
      <TextInput label={t("touchpoint")} description={t("touchpointHint")} maxLength={80} {...fields.text("touchpoint")} />
      <TextInput label={t("headline")} maxLength={200} {...fields.text("headline")} />
      <TextInput label={t("invitation")} maxLength={200} {...fields.text("invitation")} />
    </Form>
  );
};
