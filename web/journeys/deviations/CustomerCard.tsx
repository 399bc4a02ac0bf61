import { Button } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import { AlignedTrace } from "./AlignedTrace.tsx";
import { useCustomerCases } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";

type AskedCustomer = { mapId: string; customerId: string; query: Query };

/** The journeys of one customer beside the plan. */
export const CustomerCard = ({ onClose, ...asked }: AskedCustomer & { onClose: () => void }) => {
  const t = useTexts(deviationsTexts);
  const mayName = useAbility("customers.read");
  return (
    <Card span={12} title={t("customerTitle")} subtitle={mayName ? t("casesHint") : undefined} aside={<Button variant="default" size="xs" onClick={onClose}>{t("closeCustomer")}</Button>}>
      {mayName ? <Journeys {...asked} /> : <NotNamed />}
    </Card>
  );
};

const Journeys = ({ mapId, customerId, query }: AskedCustomer) => {
  const t = useTexts(deviationsTexts);
  const cases = useCustomerCases(mapId, customerId, query);
  if (cases.isPending) return <Loading kind="rows" rows={4} />;
  if (cases.isError) return <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />;
  return cases.data.items.length === 0 ? <p>{t("casesNone")}</p> : cases.data.items.map((journey) => <AlignedTrace key={journey.from} mapId={mapId} journey={journey} />);
};
