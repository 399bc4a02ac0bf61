import { Button } from "@mantine/core";
import { formatMoment } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./IdentityCard.module.css";
import type { IdentityStep, ShownClaim } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";

type LinkListProps = { claims: readonly ShownClaim[]; onStep: ((step: IdentityStep) => void) | null };

/** Every link that makes a customer one, with why; each can be pulled and put back. */
export const LinkList = ({ claims, onStep }: LinkListProps) => {
  const t = useTexts(identityTexts);
  return (
    <details className={classes.open}>
      <summary>
        {t("links")} ({t("linksOpen", { count: claims.length })})
      </summary>
      <ul className={classes.links}>
        {claims.map((claim) => (
          <li key={claim.id} data-status={claim.status}>
            <div>
              <span>
                {claim.strong.value} ↔ {claim.weak.value}
              </span>
              <small>
                {t(ruleKey(claim.rule))} · {formatMoment(new Date(claim.seenAt))} · {t(`status_${claim.status}`)}
                {claim.reason !== null && ` (${t(reasonKey(claim.reason))})`}
              </small>
            </div>
            {onStep !== null && <LinkButton claim={claim} onStep={onStep} />}
          </li>
        ))}
      </ul>
    </details>
  );
};

const LinkButton = ({ claim, onStep }: { claim: ShownClaim; onStep: (step: IdentityStep) => void }) => {
  const t = useTexts(identityTexts);
  const isLive = claim.status === "live";
  if (!isLive && claim.decision === null) return null;
  return (
    <Button
      variant="default"
      size="compact-xs"
      aria-label={`${t(isLive ? "separate" : "restore")}: ${claim.strong.value} ↔ ${claim.weak.value}`}
      onClick={() => onStep({ kind: "links", claimIds: [claim.id], decision: isLive ? "retracted" : null })}
    >
      {t(isLive ? "separate" : "restore")}
    </Button>
  );
};

const ruleKey = (rule: string) =>
  rule === "identify" || rule === "alias" || rule === "group" || rule === "manual" ? (`rule_${rule}` as const) : "rule_message";

const reasonKey = (reason: string) =>
  reason === "limit" || reason === "blocked" || reason === "two_users" ? (`reason_${reason}` as const) : "reason_person";
