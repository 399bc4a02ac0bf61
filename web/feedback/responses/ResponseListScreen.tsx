import { IconMessage2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { firstComment, mainScore } from "./answers.rules.ts";
import { channelLabel } from "./channels.ts";
import { CHANNELS, type SurveyResponse, useResponses } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

const readSearch = ({ survey, state, channel, subject }: Search) => ({
  ...(survey ? { surveyId: survey } : {}),
  ...(state ? { state } : {}),
  ...(channel ? { channel } : {}),
  ...(subject ? { subject } : {}),
});

export const ResponseListScreen = () => {
  const t = useTexts(responsesTexts);
  const navigate = useNavigate();
  const [search, change] = useTypedSearch(readSearch);
  const responses = useResponses(search);
  const surveys = useSurveys();
  useLive(["response.saved"], () => void responses.refetch());
  const filters: Filter[] = [
    {
      kind: "select", name: "survey", label: t("survey"), value: search.surveyId,
      options: (surveys.data?.pages.flatMap((page) => page.items) ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    { kind: "select", name: "state", label: t("state"), value: search.state, options: [{ value: "complete", label: t("complete") }, { value: "partial", label: t("partial") }] },
    { kind: "select", name: "channel", label: t("channel"), value: search.channel, options: CHANNELS.map((channel) => ({ value: channel, label: t(channel) })) },
  ];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar filters={filters} onChange={change} />} />
      <ActiveFilters filters={filters} onChange={change} />
      <DataTable
        name="responses"
        label={t("title")}
        columns={columnsFor(t)}
        rows={responses.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/responses/$responseId", params: { responseId: row.id } })}
        onEnd={() => void (responses.hasNextPage && !responses.isFetchingNextPage && responses.fetchNextPage())}
        isLoading={responses.isPending}
        isLoadingMore={responses.isFetchingNextPage}
        error={responses.error}
        onRetry={() => void responses.refetch()}
        empty={
          isFiltered
            ? <EmptyState title={t("noneFiltered")} icon={IconMessage2} />
            : <EmptyState title={t("none")} body={t("noneBody")} icon={IconMessage2} action={{ label: t("toSurveys"), to: "/surveys" }} />
        }
      />
    </>
  );
};

const columnsFor = (t: Translate<(typeof responsesTexts)["words"]>): Column<SurveyResponse>[] => [
  { key: "when", label: t("when"), width: 120, isFixed: true, render: (row) => <Time at={row.completedAt ?? row.savedAt} /> },
  { key: "score", label: t("score"), width: 80, render: (row) => <Score response={row} /> },
  { key: "comment", label: t("comment"), render: (row) => firstComment(row.answers) ?? "" },
  { key: "survey", label: t("survey"), render: (row) => row.surveyName },
  { key: "customer", label: t("customer"), render: (row) => row.customer?.name ?? row.subject ?? <span className="quiet">{t("anonymous")}</span> },
  { key: "channel", label: t("channel"), width: 110, render: (row) => channelLabel(t, row.channel) },
  { key: "touchpoint", label: t("touchpoint"), isHiddenAtFirst: true, render: (row) => row.touchpoint ?? "" },
  { key: "language", label: t("language"), width: 90, isHiddenAtFirst: true, render: (row) => row.language },
  { key: "state", label: t("state"), width: 110, render: (row) => <span className={row.state === "partial" ? "quiet" : ""}>{t(row.state)}</span> },
];

const Score = ({ response }: { response: SurveyResponse }) => {
  const main = mainScore(response.answers);
  if (main === null) return null;
  return <ScoreBadge score={main.score} tone={main.type === "nps" ? npsTone(main.score) : toneOf(main.normalised)} />;
};
