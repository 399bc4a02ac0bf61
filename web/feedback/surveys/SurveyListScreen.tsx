import { Button } from "@mantine/core";
import { IconClipboardList, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { NewSurveyDialog } from "./NewSurveyDialog.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { type SurveyListItem, useSurveys } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

// In the address, so that Home opens the templates at once and "back" closes them.
const readCreating = (search: Search) => ({ isCreating: search.start === "new" });

export const SurveyListScreen = () => {
  const t = useTexts(surveysTexts);
  const navigate = useNavigate();
  const surveys = useSurveys();
  const mayWrite = useAbility("surveys.write");
  const [{ isCreating }, change] = useTypedSearch(readCreating);
  useLive(["response.saved"], () => void surveys.refetch());
  const create = { label: t("create"), onClick: () => change({ start: "new" }, { replace: false }) };
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={mayWrite && <><Button variant="default" leftSection={<IconFileImport size={14} aria-hidden />} onClick={() => void navigate({ to: "/surveys/import" })}>{t("importSurvey")}</Button><Button leftSection={<IconPlus size={14} aria-hidden />} onClick={create.onClick}>{t("create")}</Button></>}
      />
      <DataTable
        name="surveys"
        label={t("title")}
        columns={columnsFor(t)}
        rows={surveys.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/surveys/$surveyId", params: { surveyId: row.id } })}
        onEnd={() => void (surveys.hasNextPage && !surveys.isFetchingNextPage && surveys.fetchNextPage())}
        isLoading={surveys.isPending}
        isLoadingMore={surveys.isFetchingNextPage}
        error={surveys.error}
        onRetry={() => void surveys.refetch()}
        empty={<EmptyState title={t("none")} body={t("noneBody")} icon={IconClipboardList} {...(mayWrite ? { action: create } : {})} />}
      />
      <NewSurveyDialog isOpen={isCreating && mayWrite} onClose={() => change({ start: undefined })} />
    </>
  );
};

const columnsFor = (t: Translate<(typeof surveysTexts)["words"]>): Column<SurveyListItem>[] => [
  { key: "name", label: t("name"), isFixed: true, render: (row) => <strong>{row.name}</strong> },
  { key: "status", label: t("status"), width: 110, render: (row) => <StatusBadge status={row.status} /> },
  { key: "questions", label: t("questions"), width: 100, align: "end", render: (row) => row.questionCount },
  { key: "responses", label: t("responses"), width: 110, align: "end", render: (row) => row.responseCount.toLocaleString() },
  { key: "completed", label: t("completed"), width: 110, align: "end", render: (row) => row.completeCount.toLocaleString() },
  { key: "lastResponse", label: t("lastResponse"), width: 140, render: (row) => (row.lastResponseAt === null ? "" : <Time at={row.lastResponseAt} />) },
  { key: "changed", label: t("changed"), width: 140, render: (row) => <Time at={row.updatedAt} /> },
];
