import { Button, Checkbox } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { IconMessage2 } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { download } from "../../shell/downloads.ts";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSurveys } from "../surveys/surveys.data.ts";
import { BulkBar } from "./BulkBar.tsx";
import { useListKeys } from "./list-keys.ts";
import { responseColumns } from "./response-columns.tsx";
import { filterFields, readResponseFilters, readResponsePeriod } from "./response-filters.ts";
import { ResponsePanel } from "./ResponsePanel.tsx";
import classes from "./Responses.module.css";
import { exportAddress, type ResponseFilters, type SurveyResponse, useResponses, useTags } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

// Under load the list would change many times a second, faster than anybody reads.
const REFRESH_MS = 3000;

export const ResponseListScreen = () => {
  const t = useTexts(responsesTexts);
  const raw: Search = useSearch({ strict: false });
  const [filters, change] = useTypedSearch(readResponseFilters);
  const responses = useResponses(filters);
  const surveys = useSurveys();
  const tags = useTags();
  const mayWork = useAbility("responses.work");
  const mayExport = useAbility("responses.export");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useLive(["response.saved"], useThrottledCallback(() => void responses.refetch(), REFRESH_MS));
  const rows = responses.data?.pages.flatMap((page) => page.items) ?? [];
  const open = useCallback((id: string | undefined) => change({ open: id }), [change]);
  const toggle = (id: string): void => setChosen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const place = rows.findIndex(({ id }) => id === raw["open"]);
  const move = (step: 1 | -1): void => {
    const next = rows[place + step];
    if (next !== undefined) open(next.id);
    if (place + step >= rows.length - 3 && responses.hasNextPage && !responses.isFetchingNextPage) void responses.fetchNextPage();
  };
  useListKeys({
    move: raw["open"] === undefined ? null : move,
    select: (index) => {
      const row = rows[index];
      if (row !== undefined && mayWork) toggle(row.id);
    },
  });
  const fields = filterFields(t, raw, { surveys: surveys.data?.pages.flatMap((page) => page.items) ?? [], tags: tags.data?.items ?? [] });
  const isTooFew = responses.data?.pages.some((page) => page.isTooFewToShow) ?? false;
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            {mayExport && filters.surveyId !== undefined && <Button component="a" variant="default" href={exportAddress(filters.surveyId, filters)} download onClick={download}>{t("exportCsv")}</Button>}
            <FilterBar period={readResponsePeriod(raw)} filters={fields} onChange={change} />
          </>
        }
      />
      <ActiveFilters filters={fields} onChange={change} />
      <DataTable
        name="responses"
        label={t("title")}
        toolbar={chosen.size === 0 ? <ResponseSearch key="search" value={filters.search ?? ""} isOfPeriod={filters.from !== undefined} onChange={(search) => change({ search })} /> : <BulkBar rows={rows.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(new Set())} />}
        columns={[...(mayWork ? [selectColumn(t, chosen, toggle)] : []), ...responseColumns(t)]}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => open(row.id)}
        onEnd={() => void (responses.hasNextPage && !responses.isFetchingNextPage && responses.fetchNextPage())}
        isLoading={responses.isPending}
        isLoadingMore={responses.isFetchingNextPage}
        error={responses.error}
        onRetry={() => void responses.refetch()}
        empty={<NoResponses filters={filters} isTooFew={isTooFew} />}
      />
      {raw["open"] !== undefined && (
        <ResponsePanel
          id={raw["open"]}
          onClose={() => open(undefined)}
          onPrevious={place > 0 ? () => move(-1) : null}
          onNext={place >= 0 && place < rows.length - 1 ? () => move(1) : null}
        />
      )}
    </>
  );
};

const NoResponses = ({ filters, isTooFew }: { filters: ResponseFilters; isTooFew: boolean }) => {
  const t = useTexts(responsesTexts);
  if (isTooFew) return <EmptyState title={t("tooFew")} body={t("tooFewBody")} icon={IconMessage2} />;
  if (Object.keys(filters).length > 0) return <EmptyState title={t("noneFiltered")} icon={IconMessage2} />;
  return <EmptyState title={t("none")} body={t("noneBody")} icon={IconMessage2} action={{ label: t("toSurveys"), to: "/surveys" }} />;
};

const ResponseSearch = ({ value, isOfPeriod, onChange }: { value: string; isOfPeriod: boolean; onChange: (search: string | undefined) => void }) => {
  const t = useTexts(responsesTexts);
  return (
    <div className={classes.search}>
      <SearchField label={t("search")} value={value} onChange={onChange} />
      <span className="quiet keys-hint">{t("keys")}</span>
      {isOfPeriod && <span className="quiet">{t("periodMeans")}</span>}
    </div>
  );
};

const selectColumn = (t: ReturnType<typeof useTexts<(typeof responsesTexts)["words"]>>, chosen: ReadonlySet<string>, toggle: (id: string) => void) => ({
  key: "select", label: t("selectColumn"), width: 36, isFixed: true,
  render: (row: SurveyResponse) => (
    <Checkbox size="xs" aria-label={t("selectOne", { when: new Date(row.completedAt ?? row.savedAt).toLocaleString() })} checked={chosen.has(row.id)} onChange={() => toggle(row.id)} />
  ),
});
