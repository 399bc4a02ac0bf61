import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { type CustomerContact, type Segment, useSegmentCount, useSegmentCustomers, useSegmentVerbs } from "./segments.data.ts";
import { ReasonsPanel } from "./ReasonsPanel.tsx";
import { segmentsTexts, type SegmentsTexts } from "./segments.texts.ts";

/** Who is in a segment, page by page, and why. */
export const MembersCard = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const customers = useSegmentCustomers(segment.id);
  const count = useSegmentCount(segment.id);
  const [asked, setAsked] = useState<CustomerContact | null>(null);
  const takeOff = (customer: CustomerContact): void => {
    verbs.take(segment.id, [customer.customerId]).then(() => notifyDone(t("takenOff", { name: customer.name })), notifyFailed);
  };
  const subtitle = count.data !== undefined ? t(count.data.isEstimate ? "previewAbout" : "previewCount", { count: count.data.customers }) : count.error === null ? t("counting") : messageOf(count.error);
  return (
    <Card title={t("members")} subtitle={subtitle}>
      <DataTable
        name="segment-customers"
        label={t("members")}
        columns={columnsFor(t, { onAsk: segment.kind === "live" ? setAsked : null, onTakeOff: canWrite && segment.kind === "list" ? takeOff : null })}
        rows={customers.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.customerId}
        onEnd={() => void (customers.hasNextPage && !customers.isFetchingNextPage && customers.fetchNextPage())}
        isLoading={customers.isPending}
        isLoadingMore={customers.isFetchingNextPage}
        error={customers.error}
        onRetry={() => void customers.refetch()}
        maxHeight={520}
        empty={<EmptyState title={t("nobody")} body={t(segment.kind === "live" ? "nobodyLive" : "nobodyList")} icon={IconUsers} />}
      />
      <ReasonsPanel segmentId={segment.id} customer={asked} onClose={() => setAsked(null)} />
    </Card>
  );
};

type Verbs = { onAsk: ((customer: CustomerContact) => void) | null; onTakeOff: ((customer: CustomerContact) => void) | null };

const columnsFor = (t: Translate<SegmentsTexts>, { onAsk, onTakeOff }: Verbs): Column<CustomerContact>[] => [
  { key: "name", label: t("name"), isFixed: true, render: (row) => <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>{row.name}</Link> },
  { key: "email", label: t("email"), render: (row) => row.email ?? <span className="quiet">–</span> },
  { key: "phone", label: t("phone"), width: 160, render: (row) => row.phone ?? <span className="quiet">–</span> },
  { key: "language", label: t("language"), width: 100, render: (row) => row.language ?? <span className="quiet">–</span> },
  {
    key: "verb", label: t("verb"), width: 140, align: "end",
    render: (row) => (
      <>
        {onAsk !== null && <Button variant="subtle" size="compact-xs" onClick={() => onAsk(row)} aria-label={t("whyTitle", { name: row.name })}>{t("why")}</Button>}
        {onTakeOff !== null && <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onTakeOff(row)}>{t("takeOff")}</Button>}
      </>
    ),
  },
];
