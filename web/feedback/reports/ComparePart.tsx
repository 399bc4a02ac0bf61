import { Select } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { Grid } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ComparedLists } from "./ComparedLists.tsx";
import { GroupsCard } from "./GroupsCard.tsx";
import { JoinedCard } from "./JoinedCard.tsx";
import { groupingChoices, isScore } from "./report-words.ts";
import { waveSteps } from "./report-search.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";
import { WavesCard } from "./WavesCard.tsx";

/** One score by groups, over time, and together with other surveys. */
export const ComparePart = (props: PartProps) => {
  const t = useTexts(reportsTexts);
  const { report, search, change } = props;
  const scores = report.questions.filter(isScore);
  const question = scores.find(({ id }) => id === search.question) ?? scores[0];
  if (question === undefined) return <EmptyState title={t("noScores")} body={t("noScoresBody")} icon={IconChartBar} />;
  return (
    <>
      <div className="report-choices">
        <Select label={t("score")} value={question.id} data={scores.map(({ id, title }) => ({ value: id, label: title }))} onChange={(id) => change({ question: id ?? undefined })} allowDeselect={false} />
        <Select label={t("by")} value={search.by} data={groupingChoices(t, report, { withLists: true })} onChange={(by) => change({ by: by ?? undefined })} allowDeselect={false} />
        <Select label={t("wavesBy")} value={search.waves} data={waveSteps.map((step) => ({ value: step, label: t(step) }))} onChange={(waves) => change({ waves: waves ?? undefined })} allowDeselect={false} />
      </div>
      {search.by === "segment" && <ComparedLists {...props} />}
      <Grid>
        <GroupsCard {...props} question={question} />
        <WavesCard {...props} question={question} />
        <JoinedCard {...props} question={question} />
      </Grid>
    </>
  );
};
