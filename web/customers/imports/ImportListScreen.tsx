import { Link, useNavigate } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Time } from "../../ui/Time.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { FileDrop } from "./FileDrop.tsx";
import { type ImportItem, useImports } from "./imports.data.ts";
import { importsTexts, type ImportsWords } from "./imports.texts.ts";
import styles from "./Imports.module.css";
import { StateBadge } from "./StateBadge.tsx";

export const ImportListScreen = () => {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const imports = useImports();
  const mayChange = useAbility("imports.change");
  const rows = imports.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader title={t("title")} />
      <div className={styles.listed}>
        {mayChange && <FileDrop />}
        {imports.isPending && <Loading kind="rows" />}
        {imports.error !== null && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
        {rows.length > 0 && (
          <DataTable
            name="imports"
            label={t("title")}
            columns={columnsFor(t)}
            rows={rows}
            rowKey={(row) => row.id}
            onOpen={(row) => void navigate({ to: "/imports/$importId", params: { importId: row.id } })}
            isLoadingMore={imports.isFetchingNextPage}
            onEnd={() => {
              if (imports.hasNextPage && !imports.isFetchingNextPage) void imports.fetchNextPage();
            }}
          />
        )}
      </div>
    </>
  );
};

const columnsFor = (t: Translate<ImportsWords>): Column<ImportItem>[] => [
  {
    key: "file",
    label: t("file"),
    isFixed: true,
    render: (row) => (
      <Link to="/imports/$importId" params={{ importId: row.id }}>
        {row.fileName}
      </Link>
    ),
  },
  { key: "state", label: t("state"), width: 120, render: (row) => <StateBadge state={row.state} /> },
  { key: "added", label: t("added"), width: 110, align: "end", render: (row) => formatNumber(row.rowsAccepted) },
  { key: "refused", label: t("refusedRows"), width: 100, align: "end", render: (row) => formatNumber(row.rowsRefused) },
  { key: "uploaded", label: t("uploaded"), width: 120, render: (row) => <Time at={row.createdAt} /> },
];
