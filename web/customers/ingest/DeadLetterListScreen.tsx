import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import type { Filter } from "../../ui/FilterBar.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { DeadLetterPanel } from "./DeadLetterPanel.tsx";
import { type DeadLetterItem, discardLetters, type LetterState, replayLetters, useDeadLetters, useReasons } from "./ingest.data.ts";
import { ingestTexts, type IngestWords } from "./ingest.texts.ts";
import styles from "./Ingest.module.css";

const states: readonly LetterState[] = ["open", "replayed", "discarded"];
const readSearch = (search: Search) => ({ state: states.find((state) => state === search.state) ?? "open", reason: search.reason, event: search.event });

/** Events that could not be read, why, and the way to mend and send them again. */
export const DeadLetterListScreen = () => {
  const t = useTexts(ingestTexts);
  const [{ state, reason, event }, change] = useTypedSearch(readSearch);
  const letters = useDeadLetters({ state, reason });
  const reasons = useReasons();
  const rows = letters.data?.pages.flatMap(({ items }) => items) ?? [];
  const filters: Filter[] = [
    { kind: "select", name: "state", label: t("state"), value: state === "open" ? undefined : state, options: states.map((value) => ({ value, label: t(`state_${value}`) })) },
    { kind: "select", name: "reason", label: t("reason"), value: reason, options: (reasons.data?.items ?? []).map((one) => ({ value: one.reason, label: `${one.meaning} (${one.count})` })) },
  ];
  const isFiltered = reason !== undefined || state !== "open";
  return (
    <>
      <PageHeader title={t("title")} actions={<FilterBar filters={filters} onChange={change} />} />
      <ActiveFilters filters={filters} onChange={change} />
      <DataTable
        name="refused-events"
        label={t("title")}
        columns={columnsFor(t)}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => change({ event: row.id }, { replace: false })}
        isLoading={letters.isPending}
        error={letters.error}
        onRetry={() => void letters.refetch()}
        isLoadingMore={letters.isFetchingNextPage}
        onEnd={() => {
          if (letters.hasNextPage && !letters.isFetchingNextPage) void letters.fetchNextPage();
        }}
        {...(state === "open" && rows.length > 0 ? { toolbar: <ManyActions rows={rows} /> } : {})}
        empty={isFiltered ? <EmptyState title={t("noneHere")} /> : <EmptyState icon={IconCircleCheck} title={t("none")} body={t("noneBody")} />}
      />
      <DeadLetterPanel id={event} onClose={() => change({ event: undefined })} />
    </>
  );
};

const columnsFor = (t: Translate<IngestWords>): Column<DeadLetterItem>[] => [
  { key: "reason", label: t("reason"), isFixed: true, width: 300, render: (row) => row.detail },
  { key: "sent", label: t("sent"), render: (row) => <span className={styles.sent}>{row.preview}</span> },
  { key: "source", label: t("source"), width: 110, render: (row) => row.source },
  { key: "received", label: t("received"), width: 110, render: (row) => <Time at={row.receivedAt} /> },
];

// One request takes 500; more than that wait for the next press.
const MANY_MAX = 500;

const ManyActions = ({ rows }: { rows: readonly DeadLetterItem[] }) => {
  const t = useTexts(ingestTexts);
  const mayResolve = useAbility("dead-letters.resolve");
  const [isDiscarding, setDiscarding] = useState(false);
  const ids = rows.slice(0, MANY_MAX).map(({ id }) => id);
  if (!mayResolve) return null;
  const replay = async (): Promise<void> => {
    const { replayed, stillRefused } = await replayLetters(ids);
    const parts = [replayed > 0 ? t("replayedMany", { count: replayed }) : "", stillRefused > 0 ? t("stillRefused", { count: stillRefused }) : ""];
    notifyDone(parts.filter((part) => part !== "").join(". "));
  };
  return (
    <div className={styles.toolbar}>
      <Button variant="default" onClick={() => void replay().catch(notifyFailed)}>
        {t("replayShown", { count: ids.length })}
      </Button>
      <Button variant="subtle" onClick={() => setDiscarding(true)}>
        {t("discardShown", { count: ids.length })}
      </Button>
      <ConfirmDialog
        isOpen={isDiscarding}
        onClose={() => setDiscarding(false)}
        title={t("discardTitle", { count: ids.length })}
        body={t("discardBody")}
        confirmLabel={t("discard")}
        isDangerous
        onConfirm={async () => notifyDone(t("discarded", { count: (await discardLetters(ids)).discarded }))}
      />
    </div>
  );
};
