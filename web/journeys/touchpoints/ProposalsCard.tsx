import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { EvidenceBadge } from "./EvidenceBadge.tsx";
import classes from "./TouchpointListScreen.module.css";
import { type Proposal, registerProposals, useProposals } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

/** What was met and stands in no register, ready to be registered with one click. */
export const ProposalsCard = ({ mayWrite }: { mayWrite: boolean }) => {
  const t = useTexts(touchpointsTexts);
  const proposals = useProposals();
  const [isBusy, setBusy] = useState(false);
  const items = proposals.data?.items ?? [];
  const add = async (chosen: readonly Proposal[]): Promise<void> => {
    setBusy(true);
    try {
      await registerProposals(chosen);
      notifyDone(t("registered"));
    } catch (refusal) {
      notifyFailed(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card
      title={t("proposals")}
      subtitle={t("proposalsBody")}
      aside={mayWrite && items.length > 1 && (
        <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void add(items)}>{t("registerAll", { count: items.length })}</Button>
      )}
    >
      {proposals.isPending ? <Loading kind="rows" rows={4} /> : proposals.error !== null ? (
        <ErrorState error={proposals.error} onRetry={() => void proposals.refetch()} />
      ) : items.length === 0 ? (
        <p className="quiet">{t("noProposals")}</p>
      ) : (
        <ul className={classes.proposals}>
          {items.map((proposal) => (
            <li key={proposal.name}>
              <strong>{proposal.name}</strong>
              <span className="quiet">{[t(proposal.kind), proposal.stage, proposal.channel === null ? null : nameOfChannel(proposal.channel)].filter((word) => word !== null).join(" · ")}</span>
              <span className={classes.number}>{formatNumber(proposal.seen.interactions)}</span>
              <EvidenceBadge evidence={proposal.seen.evidence} />
              {mayWrite && (
                <Button variant="default" size="compact-xs" disabled={isBusy} aria-label={t("registerOneOf", { name: proposal.name })} onClick={() => void add([proposal])}>
                  {t("registerOne")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
