import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { createEntries, type EntryProposal } from "./places.data.ts";
import { placesTexts } from "./places.texts.ts";

/** What was met and stands in no register, ready to be registered with one click, and to be taken back with another. */
export const EntryProposals = ({ proposals, mayWrite }: { proposals: readonly EntryProposal[]; mayWrite: boolean }) => {
  const t = useTexts(placesTexts);
  const [isBusy, setBusy] = useState(false);
  const add = async (chosen: readonly EntryProposal[]): Promise<void> => {
    setBusy(true);
    try {
      const takeBack = await createEntries(chosen.map(({ kind, name, alsoCalled, phase }) => ({ kind, name, alsoCalled, phase })));
      notifyUndo(t("registered", { count: chosen.length }), takeBack);
    } catch (refusal) {
      notifyFailed(refusal);
    } finally {
      setBusy(false);
    }
  };
  const all = mayWrite && proposals.length > 1 && (
    <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void add(proposals)}>{t("registerAll", { count: proposals.length })}</Button>
  );
  return (
    <Card title={t("proposals")} aside={all}>
      {proposals.length === 0 ? <p className="quiet">{t("proposalsNone")}</p> : (
        <ul className="line-list">
          {proposals.map((proposal) => (
            <li key={proposal.name}>
              <span><strong>{proposal.name}</strong> <span className="quiet">{[proposal.phase === null ? null : t(proposal.phase), ...proposal.alsoCalled].filter((word) => word !== null).join(" · ")}</span></span>
              <span className="quiet">{proposal.meetings === 0 ? t("planned") : t("meetings", { count: proposal.meetings })}</span>
              {mayWrite && (
                <Button variant="default" size="compact-xs" disabled={isBusy} aria-label={t("registerOne", { name: proposal.name })} onClick={() => void add([proposal])}>{t("register")}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
