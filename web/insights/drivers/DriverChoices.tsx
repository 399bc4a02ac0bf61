import { Button, MultiSelect, Select } from "@mantine/core";
import type { SurveyListItem } from "@firsthand/server/feedback/surveys/surveys.contract";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { factorChoices } from "./driver-words.ts";
import { type DriversSearch, missingChoices, ofSurvey } from "./drivers-search.ts";
import type { SurveyDrivers } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";

type DriverChoicesProps = {
  survey: string;
  surveys: readonly SurveyListItem[];
  drivers: SurveyDrivers | undefined;
  search: DriversSearch;
  onChange: (patch: Readonly<Record<string, string | undefined>>) => void;
};

const factorsMax = 15;

/** What is explained, by what, and on which answers. */
export const DriverChoices = ({ survey, surveys, drivers, search, onChange }: DriverChoicesProps) => {
  const t = useTexts(driversTexts);
  const questions = drivers?.questions ?? [];
  const outcomes = questions.filter(({ id }) => !id.includes(":")).map(({ id, title }) => ({ value: id, label: title || id }));
  const factors = search.factors.length > 0 ? [...search.factors] : (drivers?.factors ?? []);
  const outcome = drivers?.outcome ?? null;
  // The one that is explained cannot explain itself; whoever swaps them loses a factor rather than getting a refusal.
  const chooseOutcome = (id: string | null): void =>
    onChange({ outcome: id ?? undefined, factors: search.factors.length === 0 ? undefined : search.factors.filter((factor) => factor !== id).join(",") });
  return (
    <Card className="drivers-choices">
      <Select label={t("survey")} value={survey} data={surveys.map(({ id, name }) => ({ value: id, label: name }))} onChange={(id) => onChange(ofSurvey(id ?? undefined))} allowDeselect={false} searchable={surveys.length > 8} />
      <Select label={t("outcome")} value={outcome} data={outcomes} onChange={chooseOutcome} allowDeselect={false} disabled={outcomes.length === 0} />
      <Select
        label={t("missing")}
        description={t(`${search.missing}Hint`)}
        inputWrapperOrder={["label", "input", "description"]}
        value={search.missing}
        onChange={(missing) => onChange({ missing: missing === "listwise" ? undefined : (missing ?? undefined) })}
        data={missingChoices.map((choice) => ({ value: choice, label: t(choice) }))}
        allowDeselect={false}
      />
      <div className="drivers-factors">
        <MultiSelect
          label={t("factors")}
          description={t("factorsHint")}
          value={factors}
          data={factorChoices(t, questions, outcome)}
          onChange={(chosen) => onChange({ factors: chosen.length === 0 ? undefined : chosen.join(",") })}
          maxValues={factorsMax}
          searchable
          disabled={questions.length < 2}
        />
        {search.factors.length > 0 && <Button variant="subtle" size="compact-sm" onClick={() => onChange({ factors: undefined })}>{t("factorsUsual")}</Button>}
      </div>
    </Card>
  );
};
