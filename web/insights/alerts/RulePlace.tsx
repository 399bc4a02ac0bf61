import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useSurveyChoices } from "../../feedback/feedback.parts.ts";
import type { Fields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { useThemeChoices, type WatchedName } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { isOfTheme, type RuleForm } from "./rule-form.ts";

type RulePlaceProps = { fields: Fields<RuleForm>; what: WatchedName };

/** Where a rule looks: at which theme or survey, and in which places. */
export const RulePlace = ({ fields, what }: RulePlaceProps) => {
  const t = useTexts(alertsTexts);
  if (what === "response_rate") return <AskedPlace fields={fields} />;
  return (
    <>
      {isOfTheme(what) && <ThemeChoice fields={fields} />}
      <Group grow gap="sm" align="flex-start">
        <TextInput label={t("channel")} description={t("placeHint")} inputWrapperOrder={["label", "input", "description"]} {...fields.text("channel")} />
        <TextInput label={t("touchpoint")} description={t("placeHint")} inputWrapperOrder={["label", "input", "description"]} {...fields.text("touchpoint")} />
      </Group>
    </>
  );
};

const ThemeChoice = ({ fields }: { fields: Fields<RuleForm> }) => {
  const t = useTexts(alertsTexts);
  const { data: themes = [], isSuccess, isError } = useThemeChoices();
  const chosen = fields.values.theme;
  return (
    <NativeSelect
      label={t("theme")}
      description={isError ? t("themesFailed") : isSuccess && themes.length === 0 ? t("noThemes") : t("themeHint")}
      inputWrapperOrder={["label", "input", "error", "description"]}
      data={[{ value: "", label: t("themeNeeded"), disabled: true }, ...withChosen(themes, chosen, t(isSuccess ? "themeGone" : "chosenBefore"))]}
      value={chosen}
      error={fields.errors.theme}
      onChange={(event) => fields.set({ theme: event.currentTarget.value })}
    />
  );
};

const AskedPlace = ({ fields }: { fields: Fields<RuleForm> }) => {
  const t = useTexts(alertsTexts);
  const { data, isSuccess, isError } = useSurveyChoices();
  const surveys = (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const chosen = fields.values.survey;
  const ways = [{ value: "", label: t("allWays") }, ...(["email", "text", "interview"] as const).map((value) => ({ value, label: t(value) }))];
  return (
    <>
      <Group grow gap="sm" align="flex-start">
        <NativeSelect
          label={t("survey")}
          description={isError ? t("surveysFailed") : undefined}
          inputWrapperOrder={["label", "input", "description"]}
          data={[{ value: "", label: t("allSurveys") }, ...withChosen(surveys, chosen, t(chosen.includes(",") ? "severalSurveys" : isSuccess ? "surveyGone" : "chosenBefore"))]}
          value={chosen}
          onChange={(event) => fields.set({ survey: event.currentTarget.value })}
        />
        <NativeSelect label={t("askedChannel")} data={withChosen(ways, fields.values.channel, fields.values.channel)} value={fields.values.channel} onChange={(event) => fields.set({ channel: event.currentTarget.value })} />
      </Group>
      <p className="quiet rule-hint">{t("responseHint")}</p>
    </>
  );
};

type Choice = { value: string; label: string };

/** A list that is not there yet, or no longer holds what was chosen, must not show another choice as the chosen one. */
const withChosen = (choices: readonly Choice[], chosen: string, label: string): Choice[] =>
  chosen === "" || choices.some(({ value }) => value === chosen) ? [...choices] : [...choices, { value: chosen, label }];
