import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./IdentityCard.module.css";
import type { IdentityStep, ShownClaim } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";

type SuggestionItemProps = { claim: ShownClaim; customerId: string | null; onStep: ((step: IdentityStep) => void) | null };

/** Two customers who may be one person, with the two answers. */
export const SuggestionItem = ({ claim, customerId, onStep }: SuggestionItemProps) => {
  const t = useTexts(identityTexts);
  const answer = (decision: "accepted" | "refused"): void => onStep?.({ kind: "links", claimIds: [claim.id], decision });
  return (
    <div className={classes.suggestion}>
      {customerId !== null && (
        <p>
          <strong>{t("maybe")}</strong>
        </p>
      )}
      <p>
        <End end={claim.strong} own={customerId} /> ↔ <End end={claim.weak} own={customerId} />
      </p>
      <p className="quiet">
        {t("why", { day: formatDayWithYear(new Date(claim.seenAt)), strong: claim.strong.value, weak: claim.weak.value, other: claim.weak.customerName ?? t("otherCustomer") })}
      </p>
      {onStep !== null && (
        <div className={classes.actions}>
          <Button size="compact-sm" onClick={() => answer("accepted")}>{t("isOne")}</Button>
          <Button size="compact-sm" variant="default" onClick={() => answer("refused")}>{t("isTwo")}</Button>
        </div>
      )}
    </div>
  );
};

const End = ({ end, own }: { end: ShownClaim["strong"]; own: string | null }) => (
  <>
    {end.customerId !== null && end.customerId !== own && (
      <>
        <Link to="/customers/$customerId" params={{ customerId: end.customerId }}>{end.customerName ?? end.value}</Link>{" "}
      </>
    )}
    <span className="quiet">{end.value}</span>
  </>
);
