import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { CustomerDetail } from "@firsthand/server/customers/profiles/profiles.contract";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./IdentityCard.module.css";
import { useLinks, type IdentityStep } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";
import { kindLabel } from "./kinds.ts";
import { KindIcon } from "./KindIcon.tsx";
import { LinkList } from "./LinkList.tsx";
import { MergePanel } from "./MergePanel.tsx";
import { StepDialog } from "./StepDialog.tsx";
import { SuggestionItem } from "./SuggestionItem.tsx";

/** What a customer is known by, how that came together, and what may belong to it. */
export const IdentityCard = ({ customer }: { customer: CustomerDetail }) => {
  const t = useTexts(identityTexts);
  const navigate = useNavigate();
  const canDecide = useAbility("identity.decide");
  const links = useLinks(customer.id);
  const [step, setStep] = useState<IdentityStep | null>(null);
  const [isMerging, setMerging] = useState(false);
  const claims = links.data?.items ?? [];
  const waiting = claims.filter((claim) => claim.status === "proposed");
  return (
    <Card title={t("title")} subtitle={t("subtitle")}>
      {waiting.map((claim) => (
        <SuggestionItem key={claim.id} claim={claim} customerId={customer.id} onStep={canDecide ? setStep : null} />
      ))}
      <ul className={classes.identifiers}>
        {customer.identifiers.map((identifier) => (
          <Identifier key={identifier.id} identifier={identifier} />
        ))}
      </ul>
      {claims.length > 0 && <LinkList claims={claims} onStep={canDecide ? setStep : null} />}
      {canDecide && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setMerging(true)}>
          {t("merge")}
        </Button>
      )}
      <MergePanel
        customerId={customer.id}
        isOpen={isMerging}
        onClose={() => setMerging(false)}
        onChoose={(otherId) => {
          setMerging(false);
          setStep({ kind: "merge", otherId });
        }}
      />
      <StepDialog
        customerId={customer.id}
        step={step}
        onClose={() => setStep(null)}
        onDone={(customerId) => void navigate({ to: "/customers/$customerId", params: { customerId }, replace: true })}
      />
    </Card>
  );
};

const Identifier = ({ identifier }: { identifier: CustomerDetail["identifiers"][number] }) => {
  const t = useTexts(identityTexts);
  const spans = identifier.spans.filter((span) => span.from !== null || span.to !== null);
  return (
    <li>
      <KindIcon kind={identifier.kind} />
      <div>
        <span className={classes.value}>{identifier.value}</span>
        <small>
          {kindLabel(identifier.kind, t)} · {t("interactions", { count: identifier.interactions })}
          {identifier.isBlocked && ` · ${t("blocked")}`}
        </small>
        {spans.map((span) => (
          <small key={span.from ?? "start"}>
            {t("shared", { from: span.from === null ? t("always") : formatMoment(new Date(span.from)), to: span.to === null ? t("now") : formatMoment(new Date(span.to)) })}
          </small>
        ))}
      </div>
    </li>
  );
};
