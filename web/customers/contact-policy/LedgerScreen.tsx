import { Button, Select, TextInput } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { type LedgerEntry, type LedgerFilters, reasons, useLedger, useOutcomes } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts, type ContactPolicyTexts } from "./contact-policy.texts.ts";
import { refusalSentence } from "./sentences.ts";

type Filters = { customerId: string; decision: string; reason: string; fromDay: string; untilDay: string };
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
const readSearch = ({ customerId = "", decision = "", reason = "", fromDay = "", untilDay = "" }: Search): Filters => ({ customerId, decision, reason, fromDay: isDay(fromDay) ? fromDay : "", untilDay: isDay(untilDay) ? untilDay : "" });

const dayStart = (day: string, later = 0): string => {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};
const asked = ({ customerId, decision, reason, fromDay, untilDay }: Filters): LedgerFilters => ({
  ...(customerId === "" ? {} : { customerId }),
  ...(decision === "" ? {} : { decision }),
  ...(reason === "" ? {} : { reason }),
  ...(fromDay === "" ? {} : { from: dayStart(fromDay) }),
  ...(untilDay === "" ? {} : { until: dayStart(untilDay, 1) }),
});

/** Who was asked and who was not, and why. */
export const LedgerScreen = () => {
  const t = useTexts(contactPolicyTexts);
  const [filters, change] = useTypedSearch(readSearch);
  const ledger = useLedger(asked(filters));
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <>
      <PageHeader title={t("ledger")} actions={<Button component={Link} to="/contact-policy" variant="default" fw={500}>{t("toPolicy")}</Button>} />
      <Outcomes />
      <DataTable
        name="contact-ledger"
        label={t("ledger")}
        toolbar={<Toolbar filters={filters} onChange={change} />}
        columns={columnsFor(t)}
        rows={ledger.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        onEnd={() => void (ledger.hasNextPage && !ledger.isFetchingNextPage && ledger.fetchNextPage())}
        isLoading={ledger.isPending}
        isLoadingMore={ledger.isFetchingNextPage}
        error={ledger.error}
        onRetry={() => void ledger.refetch()}
        maxHeight="calc(100dvh - 260px)"
        empty={isFiltered ? <EmptyState title={t("ledgerNoneFiltered")} icon={IconMessageQuestion} /> : <EmptyState title={t("ledgerNone")} body={t("ledgerNoneBody")} icon={IconMessageQuestion} />}
      />
    </>
  );
};

const Outcomes = () => {
  const t = useTexts(contactPolicyTexts);
  const outcomes = useOutcomes(30).data?.items ?? [];
  if (outcomes.length === 0) return null;
  return (
    <p className={classes.outcomes}>
      <span>{t("lastDays")}:</span>
      {outcomes.map((one) => (
        <span key={one.reason ?? one.decision}>
          {t(one.reason ?? one.decision)} <strong>{formatNumber(one.requests)}</strong>
        </span>
      ))}
    </p>
  );
};

const Toolbar = ({ filters, onChange }: { filters: Filters; onChange: (patch: Search) => void }) => {
  const t = useTexts(contactPolicyTexts);
  const decisions = (["asked", "not_asked", "answered"] as const).map((decision) => ({ value: decision, label: t(decision) }));
  const day = (name: "fromDay" | "untilDay") => (
    <TextInput type="date" size="xs" aria-label={t(name === "fromDay" ? "quietFrom" : "quietTo")} value={filters[name]} onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })} />
  );
  return (
    <>
      <Select size="xs" aria-label={t("decision")} placeholder={t("anyDecision")} clearable data={decisions} value={filters.decision || null} onChange={(decision) => onChange({ decision: decision ?? undefined })} />
      <Select size="xs" aria-label={t("reason")} placeholder={t("anyReason")} clearable data={reasons.map((reason) => ({ value: reason, label: t(reason) }))} value={filters.reason || null}
        onChange={(reason) => onChange({ reason: reason ?? undefined })} />
      {day("fromDay")}
      {day("untilDay")}
      {filters.customerId !== "" && <Button size="xs" variant="default" onClick={() => onChange({ customerId: undefined })}>{t("searchCustomer")} ✕</Button>}
    </>
  );
};

const columnsFor = (t: Translate<ContactPolicyTexts>): Column<LedgerEntry>[] => [
  { key: "at", label: t("when"), width: 150, isFixed: true, render: (row) => <Time at={row.at} kind="absolute" /> },
  {
    key: "customer", label: t("customer"),
    render: (row) => (row.customerId === null ? <span className="quiet">{t("nobody")}</span> : <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>{row.customerName ?? row.customerId.slice(0, 8)}</Link>),
  },
  { key: "about", label: t("about"), render: (row) => <>{row.reference.label ?? t("notSurvey", { type: row.reference.type, id: row.reference.id.slice(0, 8) })}{row.isReminder && <span className="quiet"> ({t("reminder")})</span>}</> },
  { key: "channel", label: t("channel"), width: 120, render: (row) => t(row.channel) },
  { key: "decision", label: t("decision"), width: 130, render: (row) => <span className={classes.tag} data-decision={row.decision}>{t(row.decision)}</span> },
  { key: "reason", label: t("reason"), width: 330, render: (row) => (row.reason === null ? <span className="quiet">–</span> : <span title={refusalSentence(row, t)}>{t(row.reason)}: {refusalSentence(row, t)}</span>) },
  { key: "until", label: t("tryAgain"), width: 150, render: (row) => (row.until === null ? <span className="quiet">–</span> : formatMoment(new Date(row.until))) },
];
