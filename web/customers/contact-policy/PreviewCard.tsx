import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ContactPolicy, type PolicyPreview, usePolicyPreview } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts } from "./contact-policy.texts.ts";
import { OutcomeChart } from "./OutcomeChart.tsx";

const EXAMPLES_SHOWN = 8;

/** What a policy would have decided on the requests of the last days, beside what was decided. */
export const PreviewCard = ({ policy }: { policy: ContactPolicy }) => {
  const t = useTexts(contactPolicyTexts);
  const [days, setDays] = useState("30");
  const preview = usePolicyPreview(policy, Number(days));
  const periods = [{ value: "7", label: t("days_7") }, { value: "30", label: t("days_30") }, { value: "92", label: t("days_92") }];
  return (
    <Card
      title={t("preview")}
      subtitle={t("previewHint", { days: Number(days) })}
      aside={<SegmentedControl className={classes.period} size="xs" aria-label={t("period")} data={periods} value={days} onChange={setDays} />}
    >
      {preview.isPending && <Loading />}
      {preview.error !== null && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data !== undefined && <Result preview={preview.data} isOld={preview.isPlaceholderData} />}
    </Card>
  );
};

const Result = ({ preview, isOld }: { preview: PolicyPreview; isOld: boolean }) => {
  const t = useTexts(contactPolicyTexts);
  if (preview.requests === 0) return <p className="quiet">{t("previewNone")}</p>;
  const { requests, changedCount } = preview;
  return (
    <div className={classes.result} aria-busy={isOld}>
      <p role="status">{changedCount === 0 ? t("previewSame", { requests }) : t("previewChanged", { count: changedCount, requests })}{preview.every > 1 && ` ${t("previewSampled", { every: preview.every })}`}</p>
      <OutcomeChart before={preview.before} after={preview.after} />
      {preview.changed.length > 0 && (
        <>
          <h3>{t("examples")}</h3>
          <ul className="line-list">
            {preview.changed.slice(0, EXAMPLES_SHOWN).map((changed, index) => (
              <li key={index}>
                <span>
                  {changed.customerId === null ? t("nobody") : <Link to="/customers/$customerId" params={{ customerId: changed.customerId }}>{changed.customerName ?? changed.customerId.slice(0, 8)}</Link>}
                  <span className="quiet"> · {changed.reference.label ?? t(changed.channel)} · {formatMoment(new Date(changed.at))}</span>
                </span>
                <span>
                  {t(changed.before.reason ?? changed.before.decision)} → <strong>{t(changed.after.reason ?? changed.after.decision)}</strong>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
