import { Group, NativeSelect } from "@mantine/core";
import { useSurveyChoices } from "../../feedback/feedback.parts.ts";
import type { Fields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { FilterFields } from "../dashboards/FilterFields.tsx";
import { useThemeChoices, type WatchedName } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { useCustomMetrics } from "../metrics/metrics.data.ts";
import { isOfFacts, isOfTheme, type RuleFilters, type RuleForm, smallestOfScale } from "./rule-form.ts";

type FilterProps = { filters: RuleFilters; onChange: (filters: RuleFilters) => void };
type RulePlaceProps = FilterProps & { fields: Fields<RuleForm>; what: WatchedName };

/** Where and at whom a rule looks: at which theme or survey, and at what else numbers are narrowed to. */
export const RulePlace = ({ fields, what, filters, onChange }: RulePlaceProps) => {
  const t = useTexts(alertsTexts);
  if (what === "response_rate") return <AskedPlace filters={filters} onChange={onChange} />;
  return (
    <>
      {isOfTheme(what) && <ThemeChoice fields={fields} />}
      {what === "custom" && <FormulaChoice fields={fields} />}
      {isOfFacts(what) && <p className="quiet rule-hint">{t("factHint")}</p>}
      <details className="rule-places" open={Object.values(filters).some((values) => values.length > 0)}>
        <summary>{t("places")}</summary>
        <div className="rule-filters">
          <FilterFields filters={filters} hasTraits isOfFacts={isOfFacts(what)} onChange={(patch) => onChange({ ...filters, ...patch })} />
        </div>
      </details>
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

const FormulaChoice = ({ fields }: { fields: Fields<RuleForm> }) => {
  const t = useTexts(alertsTexts);
  const { data, isSuccess, isError } = useCustomMetrics();
  const items = data?.items ?? [];
  const chosen = fields.values.metric;
  const choose = (metric: string): void => {
    const formula = items.find(({ id }) => id === metric);
    fields.set({ metric, ...(formula === undefined ? {} : { smallest: smallestOfScale(formula) }) });
  };
  return (
    <NativeSelect
      label={t("formula")}
      description={isError ? t("formulasFailed") : isSuccess && items.length === 0 ? t("noFormulas") : undefined}
      inputWrapperOrder={["label", "input", "error", "description"]}
      data={[{ value: "", label: t("formulaNeeded"), disabled: true }, ...withChosen(items.map(({ id, name }) => ({ value: id, label: name })), chosen, t(isSuccess ? "formulaGone" : "chosenBefore"))]}
      value={chosen}
      error={fields.errors.metric}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
};

const AskedPlace = ({ filters, onChange }: FilterProps) => {
  const t = useTexts(alertsTexts);
  const { data, isSuccess, isError } = useSurveyChoices();
  const surveys = (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const chosen = filters.survey?.join(",") ?? "";
  const way = filters.channel?.join(", ") ?? "";
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
          onChange={(event) => onChange({ ...filters, survey: listOf(event.currentTarget.value) })}
        />
        <NativeSelect label={t("askedChannel")} data={withChosen(ways, way, way)} value={way} onChange={(event) => onChange({ ...filters, channel: listOf(event.currentTarget.value) })} />
      </Group>
      <p className="quiet rule-hint">{t("responseHint")}</p>
    </>
  );
};

// Several that were chosen before come back as one choice of the list.
const listOf = (text: string): string[] => text.split(",").map((one) => one.trim()).filter((one) => one !== "");

type Choice = { value: string; label: string };

/** A list that is not there yet, or no longer holds what was chosen, must not show another choice as the chosen one. */
const withChosen = (choices: readonly Choice[], chosen: string, label: string): Choice[] =>
  chosen === "" || choices.some(({ value }) => value === chosen) ? [...choices] : [...choices, { value: chosen, label }];
