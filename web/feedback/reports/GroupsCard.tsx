import { Link } from "@tanstack/react-router";
import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { responsesOf, toReportQuery } from "./report-search.ts";
import { formatReportScore, limitsOf, nameOfDimension, nameOfGroup, weightedText, withHidden } from "./report-words.ts";
import { type QuestionReport, useGroups } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

/** A score per group with its interval, each against all the others. */
export const GroupsCard = ({ surveyId, report, search, question }: PartProps & { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const groups = useGroups(surveyId, { ...toReportQuery(search), question: question.id, by: search.by, compared: search.by === "segment" ? search.compared : undefined }, true);
  const title = t("groupsTitle", { question: question.title, by: nameOfDimension(t, report, search.by) });
  return (
    <Card span={6} title={title} subtitle={withHidden(t, t(groups.data?.overlaps === true ? "groupsOverlap" : search.isWeighted ? "groupsWeightedHint" : "groupsHint"), groups.data?.hiddenGroups)}>
      {groups.isPending ? (
        <Loading kind="rows" rows={5} />
      ) : groups.isError ? (
        <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />
      ) : (
        <IntervalRows
          label={title} reference={groups.data.total.score} limits={limitsOf(groups.data)} format={(value) => formatReportScore(groups.data.metric, value)}
          rows={groups.data.groups.map((group): IntervalRow => ({
            key: group.value ?? "", count: group.count, value: group.score, low: group.low, high: group.high,
            label: [`${nameOfGroup(t, search.by, group.value, group.label)}${group.versusRest?.isDifferent === true ? " ★" : ""}`, weightedText(t, groups.data.metric, group.weighted)].filter((part) => part !== null).join(" · "),
          }))}
          link={(row, label) => (search.by === "channel" ? <Link to="/responses" search={responsesOf(surveyId, search, { channel: row.key })}>{label}</Link> : label)}
        />
      )}
    </Card>
  );
};
