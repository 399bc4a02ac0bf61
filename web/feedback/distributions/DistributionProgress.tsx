import { Select } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { Stat } from "../../ui/Stat.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { type Distribution, type Invitation, useInvitations } from "./distributions.data.ts";
import classes from "./Distributions.module.css";
import { distributionsTexts, type DistributionsTexts } from "./distributions.texts.ts";
import { reasonWords } from "./reasons.ts";

const STATES = ["planned", "sent", "delivered", "clicked", "answered", "bounced", "unsubscribed", "not_asked", "failed", "cancelled"] as const;
const readSearch = ({ people = "" }: Search): { people: string } => ({ people: STATES.find((state) => state === people) ?? "" });

/** How far it has come, and what became of each person. */
export const DistributionProgress = ({ distribution }: { distribution: Distribution }) => {
  const t = useTexts(distributionsTexts);
  const { counts, state } = distribution;
  const all = counts.planned + counts.invited + counts.notAsked + counts.failed + counts.cancelled;
  const reached = counts.invited - counts.bounced;
  return (
    <div className={classes.fields}>
      <Card title={t("progress")} subtitle={t("noPixel")} aside={<span className="quiet">{t(state)}</span>}>
        <ProgressBar label={t("invited")} done={all - counts.planned} of={all} note={`${formatNumber(all - counts.planned)} / ${formatNumber(all)}`} />
        <div className={classes.stats}>
          <Stat label={t("invited")} value={formatNumber(counts.invited)} />
          <Stat label={t("delivered")} value={formatNumber(counts.delivered)} />
          <Stat label={t("clicked")} value={formatNumber(counts.clicked)} />
          <Stat label={t("answered")} value={formatNumber(counts.answered)} {...(reached > 0 ? { note: t("ofDelivered", { share: formatShare(counts.answered / reached) }) } : {})} />
          <Stat label={t("bounced")} value={formatNumber(counts.bounced)} />
          <Stat label={t("unsubscribed")} value={formatNumber(counts.unsubscribed)} />
          <Stat label={t("planned")} value={formatNumber(counts.planned)} {...(distribution.nextWaveAt === null ? {} : { note: <>{t("next")}: <Time at={distribution.nextWaveAt} kind="absolute" /></> })} />
        </div>
      </Card>
      {distribution.reasons.length > 0 && (
        <Card title={t("why")}>
          <ul className={classes.reasons}>
            {distribution.reasons.map(({ reason, count }) => <li key={reason}><span>{reasonWords(t, reason)}</span><strong>{formatNumber(count)}</strong></li>)}
          </ul>
        </Card>
      )}
      <People distribution={distribution} />
    </div>
  );
};

const People = ({ distribution }: { distribution: Distribution }) => {
  const t = useTexts(distributionsTexts);
  const [{ people }, change] = useTypedSearch(readSearch);
  const invitations = useInvitations(distribution.id, people);
  return (
    <DataTable
      name="invitations"
      label={t("peopleList")}
      toolbar={<Select size="xs" aria-label={t("state")} placeholder={t("allStates")} clearable value={people || null} data={STATES.map((state) => ({ value: state, label: t(state) }))} onChange={(state) => change({ people: state ?? undefined })} />}
      columns={columnsFor(t)}
      rows={invitations.data?.pages.flatMap((page) => page.items) ?? []}
      rowKey={(row) => row.id}
      onEnd={() => void (invitations.hasNextPage && !invitations.isFetchingNextPage && invitations.fetchNextPage())}
      isLoading={invitations.isPending}
      isLoadingMore={invitations.isFetchingNextPage}
      error={invitations.error}
      onRetry={() => void invitations.refetch()}
      maxHeight={480}
      empty={<EmptyState title={t("noPeople")} icon={IconUsers} />}
    />
  );
};

const columnsFor = (t: Translate<DistributionsTexts>): Column<Invitation>[] => [
  {
    key: "person", label: t("person"), isFixed: true,
    render: (row) => (row.customer === null ? row.address : <Link to="/customers/$customerId" params={{ customerId: row.customer.id }}>{row.customer.name}</Link>),
  },
  { key: "address", label: t("address"), render: (row) => row.address },
  { key: "state", label: t("state"), width: 130, render: (row) => t(row.state) },
  { key: "reason", label: t("reason"), width: 190, render: (row) => (row.reason === null ? <span className="quiet">–</span> : reasonWords(t, row.reason)) },
  { key: "sent", label: t("sent"), width: 120, render: (row) => (row.sentAt === null ? <span className="quiet">–</span> : <Time at={row.sentAt} />) },
  { key: "reminders", label: t("reminded"), width: 100, render: (row) => String(row.reminders) },
  { key: "next", label: t("nextAt"), width: 140, isHiddenAtFirst: true, render: (row) => (row.nextAt === null ? <span className="quiet">–</span> : <Time at={row.nextAt} kind="absolute" />) },
  { key: "answer", label: t("answer"), width: 110, render: (row) => (row.responseId === null ? <span className="quiet">–</span> : <Link to="/responses/$responseId" params={{ responseId: row.responseId }}>{t("answered")}</Link>) },
];
