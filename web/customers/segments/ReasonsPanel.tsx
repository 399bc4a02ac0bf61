import { IconCheck, IconX } from "@tabler/icons-react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { conditionWords } from "./condition-words.ts";
import { type CustomerContact, type SegmentReasons, useLists, useReasons } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

/** Which conditions hold for a customer, and what was found there. */
export const ReasonsPanel = ({ segmentId, customer, onClose }: { segmentId: string; customer: CustomerContact | null; onClose: () => void }) => {
  const t = useTexts(segmentsTexts);
  const reasons = useReasons(segmentId, customer?.customerId ?? null);
  return (
    <SidePanel isOpen={customer !== null} onClose={onClose} title={t("whyTitle", { name: customer?.name ?? "" })}>
      {customer !== null && reasons.isPending && <Loading kind="rows" />}
      {reasons.error !== null && <ErrorState error={reasons.error} onRetry={() => void reasons.refetch()} />}
      {reasons.data !== undefined && <Reasons reasons={reasons.data} />}
    </SidePanel>
  );
};

const Reasons = ({ reasons }: { reasons: SegmentReasons }) => {
  const t = useTexts(segmentsTexts);
  const lists = useLists();
  const listName = (id: string): string => lists.data?.items.find((list) => list.id === id)?.name ?? id.slice(0, 8);
  return (
    <div className={classes.reasons}>
      <p><strong>{t(reasons.isIn ? "isIn" : "isOut")}</strong></p>
      {!reasons.isOfKnown && <p>{t("outAnonymous")}</p>}
      <p className="quiet">{t(reasons.match === "all" ? "holdsAll" : "holdsAny")}</p>
      {reasons.parts.map((part, index) => (
        <div key={index} className={part.match === null ? undefined : classes.group}>
          {part.match !== null && <p className="quiet">{t(part.match === "all" ? "holdsAll" : "holdsAny")}</p>}
          <ul className="line-list">
            {part.reasons.map((reason, place) => (
              <li key={place}>
                <span>
                  {reason.holds ? <IconCheck size={15} color="var(--pro)" aria-label="✓" /> : <IconX size={15} color="var(--det)" aria-label="✗" />} {conditionWords(reason.condition, t, listName)}
                </span>
                <span className="quiet">{reason.found === null ? t("foundNothing") : t("found", { found: reason.found })}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
};
