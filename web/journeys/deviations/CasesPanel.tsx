import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AlignedTrace } from "./AlignedTrace.tsx";
import { type DeviationKind, useDeviatingCases } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";

type CasesPanelProps = { mapId: string; asked: { kind: DeviationKind; part: string }; name: string; query: Query; onClose: () => void };

/** Customers with one deviation. */
export const CasesPanel = ({ mapId, asked, name, query, onClose }: CasesPanelProps) => {
  const t = useTexts(deviationsTexts);
  const cases = useDeviatingCases(mapId, asked, query);
  return (
    <SidePanel isOpen onClose={onClose} title={t("casesTitle", { kind: t(`kind_${asked.kind}`), name })} width={560}>
      <p className="quiet">{t("casesHint")}</p>
      {cases.isPending ? <Loading kind="rows" rows={6} /> : cases.isError ? <ErrorState error={cases.error} onRetry={() => void cases.refetch()} /> : cases.data.items.length === 0 ? <p>{t("casesNone")}</p> : (
        cases.data.items.map((journey) => <AlignedTrace key={`${journey.customer.id} ${journey.from}`} mapId={mapId} journey={journey} />)
      )}
    </SidePanel>
  );
};
