import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Column } from "../../ui/table.ts";
import { useTexts } from "../../ui/texts.ts";
import { useMemberNames } from "../../people/people.parts.ts";
import { type AuditEntry, useAudit } from "./audit.data.ts";
import { sayAction } from "./audit-words.ts";
import { auditTexts } from "./audit.texts.ts";

/** Who changed what, newest first. */
export const AuditScreen = () => {
  const t = useTexts(auditTexts);
  const audit = useAudit();
  const names = useMemberNames();
  const who = (entry: AuditEntry): string => {
    const name = entry.actorId === null ? undefined : names.get(entry.actorId);
    if (name !== undefined) return name;
    // What the product did by itself, as filling the demo company, has nobody behind it.
    if (entry.actorId === null) return t("system");
    return entry.actorKind === "key" ? t("key") : t("member");
  };
  const columns: Column<AuditEntry>[] = [
    { key: "at", label: t("at"), width: 170, isFixed: true, render: (row) => <Time at={row.at} kind="absolute" /> },
    { key: "who", label: t("who"), width: 180, render: who },
    { key: "action", label: t("action"), width: 200, render: (row) => <span title={row.action}>{sayAction(row.action)}</span> },
    { key: "details", label: t("details"), render: (row) => <span className="quiet">{describe(row.details)}</span> },
    { key: "subject", label: t("subject"), isHiddenAtFirst: true, render: (row) => <code>{row.subject}</code> },
  ];
  return (
    <>
      <PageHeader title={t("title")} />
      <DataTable
        name="audit"
        label={t("title")}
        columns={columns}
        rows={audit.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        isLoading={audit.isPending}
        isLoadingMore={audit.isFetchingNextPage}
        onEnd={() => audit.hasNextPage && !audit.isFetchingNextPage && void audit.fetchNextPage()}
        error={audit.error}
        onRetry={() => void audit.refetch()}
        empty={<EmptyState title={t("none")} body={t("noneBody")} />}
      />
    </>
  );
};

const describe = (details: Readonly<Record<string, unknown>>): string =>
  Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
