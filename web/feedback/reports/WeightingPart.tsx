import { IconScale } from "@tabler/icons-react";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { groupingChoices } from "./report-words.ts";
import { useWeighting } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";
import { WeightingEffect } from "./WeightingEffect.tsx";
import { WeightingForm } from "./WeightingForm.tsx";
import { isWeightable, weightableQuestions } from "./weighting-draft.ts";

/** True shares to weight by, and what weighting to them costs. */
export const WeightingPart = ({ surveyId, report }: PartProps) => {
  const t = useTexts(reportsTexts);
  const mayWrite = useAbility("surveys.write");
  const weighting = useWeighting(surveyId);
  if (weighting.isPending) return <Loading kind="page" />;
  if (weighting.isError) return <ErrorState error={weighting.error} onRetry={() => void weighting.refetch()} />;
  const choices = [...groupingChoices(t, report, {}), { group: t("groupQuestions"), items: weightableQuestions(report) }]
    .map(({ group, items }) => ({ group, items: items.filter(({ value }) => isWeightable(report, value)) }))
    .filter(({ items }) => items.length > 0);
  if (choices.length === 0 && weighting.data.weighting === null) return <EmptyState title={t("nothingToWeight")} body={t("nothingToWeightBody")} icon={IconScale} />;
  return (
    <Grid>
      <Card span={7} title={t("weightTitle")} subtitle={mayWrite ? t("weightHint") : t("readOnlyWeights")}>
        <WeightingForm key={JSON.stringify(weighting.data.weighting)} surveyId={surveyId} report={report} kept={weighting.data.weighting} choices={choices} mayWrite={mayWrite} />
      </Card>
      {weighting.data.result !== null && (
        <Card span={5} title={t("effect")}>
          <WeightingEffect result={weighting.data.result} report={report} />
        </Card>
      )}
    </Grid>
  );
};
