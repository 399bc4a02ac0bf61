import { Button } from "@mantine/core";
import { IconCircleCheck, IconRefresh } from "@tabler/icons-react";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { useTexts } from "../../ui/texts.ts";
import { type FailedJobItem, retryJob, useFailedJobs } from "./jobs.data.ts";
import { jobsTexts } from "./jobs.texts.ts";

export const FailedJobsScreen = () => {
  const t = useTexts(jobsTexts);
  const jobs = useFailedJobs();
  const mayRetry = useAbility("jobs.retry");
  const items = jobs.data?.items ?? [];
  const retryAll = async (): Promise<void> => {
    for (const { id } of items) await retryJob(id);
    notifyDone(t("retriedAll", { count: items.length }));
  };
  const columns: Column<FailedJobItem>[] = [
    { key: "name", label: t("name"), isFixed: true, width: 220, isSortable: true, value: (row) => row.name, render: (row) => <strong>{row.name}</strong> },
    { key: "error", label: t("error"), render: (row) => <span title={row.lastError}>{row.lastError}</span> },
    { key: "attempts", label: t("attempts"), width: 100, render: (row) => t("attemptsOf", { done: row.attempts, most: row.maxAttempts }) },
    { key: "failed", label: t("failed"), width: 120, isSortable: true, value: (row) => row.failedAt, render: (row) => <Time at={row.failedAt} /> },
    {
      key: "next",
      label: t("next"),
      width: 170,
      render: (row) => (row.nextRunAt === null ? <span className="quiet">{t("notAgain")}</span> : <Time at={row.nextRunAt} kind="absolute" />),
    },
    {
      key: "actions",
      label: t("actions"),
      isFixed: true,
      align: "end",
      width: 110,
      render: (row) =>
        mayRetry && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`${t("retry")}: ${row.name}`}
            onClick={() => void retryJob(row.id).then(() => notifyDone(t("retried", { name: row.name })), notifyFailed)}
          >
            {t("retry")}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          mayRetry &&
          items.length > 1 && (
            <Button variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => void retryAll().catch(notifyFailed)}>
              {t("retryAll")}
            </Button>
          )
        }
      />
      <DataTable
        name="failed-jobs"
        label={t("title")}
        columns={columns}
        rows={items}
        rowKey={(row) => row.id}
        isLoading={jobs.isPending}
        error={jobs.error}
        onRetry={() => void jobs.refetch()}
        empty={<EmptyState icon={IconCircleCheck} title={t("none")} body={t("noneBody")} />}
      />
    </>
  );
};
