import { Button } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AlignedTrace } from "./AlignedTrace.tsx";
import { useCustomerCases } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";

/** The journeys of one customer beside the plan. */
export const CustomerCard = ({ mapId, customerId, query, onClose }: { mapId: string; customerId: string; query: Query; onClose: () => void }) => {
  const t = useTexts(deviationsTexts);
  const cases = useCustomerCases(mapId, customerId, query);
  return (
    <Card span={12} title={t("customerTitle")} subtitle={t("casesHint")} aside={<Button variant="default" size="xs" onClick={onClose}>{t("closeCustomer")}</Button>}>
      {cases.isPending ? <Loading kind="rows" rows={4} /> : cases.isError ? <ErrorState error={cases.error} onRetry={() => void cases.refetch()} /> : cases.data.items.length === 0 ? <p>{t("casesNone")}</p> : (
        cases.data.items.map((journey) => <AlignedTrace key={journey.from} mapId={mapId} journey={journey} />)
      )}
    </Card>
  );
};
