import type { Query } from "../../shell/api.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import { AlignedTrace } from "./AlignedTrace.tsx";
import { type DeviationKind, useDeviatingCases } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";
import { placeOf } from "./moves.rules.ts";

/** `ways`: where no way of a fork was taken, the step each begins with. */
type AskedCases = { mapId: string; asked: { kind: DeviationKind; part: string }; ways: readonly string[]; query: Query };

/** Customers with one deviation. */
export const CasesPanel = ({ name, onClose, ...asked }: AskedCases & { name: string; onClose: () => void }) => {
  const t = useTexts(deviationsTexts);
  const mayName = useAbility("customers.read");
  return (
    <SidePanel isOpen onClose={onClose} title={t("casesTitle", { kind: t(`kind_${asked.asked.kind}`), name })} width={560}>
      {mayName ? <Cases {...asked} /> : <NotNamed />}
    </SidePanel>
  );
};

const Cases = ({ mapId, asked, ways, query }: AskedCases) => {
  const t = useTexts(deviationsTexts);
  const cases = useDeviatingCases(mapId, asked, query);
  if (cases.isPending) return <Loading kind="rows" rows={6} />;
  if (cases.isError) return <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />;
  const { items, waysLeftOut } = cases.data;
  return (
    <>
      <p className="quiet">{t("casesHint")}</p>
      {waysLeftOut > 0 && <p className="quiet">{t("waysLeftOut", { count: waysLeftOut })}</p>}
      {items.length === 0 ? <p>{t("casesNone")}</p> : items.map((journey) => <AlignedTrace key={`${journey.customer.id} ${journey.from}`} mapId={mapId} journey={journey} at={placeOf(journey.moves, { ...asked, ways })} />)}
    </>
  );
};
