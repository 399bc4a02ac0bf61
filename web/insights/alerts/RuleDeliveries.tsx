import { Button } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { formatMoment } from "../../ui/dates.ts";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { redeliver, type Rule } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";

/** What the webhook and the chat of a rule did not take, and why; nothing where all arrived. */
export const RuleDeliveries = ({ rule, mayEdit }: { rule: Rule; mayEdit: boolean }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const [isBusy, setBusy] = useState(false);
  // What was not tried yet, or waits for the end of quiet hours, is no trouble.
  const troubled = rule.deliveries.filter(({ open, givenUp, fault }) => givenUp > 0 || (open > 0 && fault !== null));
  if (troubled.length === 0) return null;
  const sendAgain = (): void => {
    setBusy(true);
    redeliver(rule.id).then(({ left }) => notifyDone(left === 0 ? t("sentAgain") : t("sentSome", { count: left })), notifyFailed).finally(() => setBusy(false));
  };
  return (
    <div className="rule-untaken" role="status">
      {troubled.map(({ way, open, givenUp, fault, triedAt }) => {
        const host = (way === "hook" ? rule.hookHost : rule.chat?.host) ?? "–";
        const said = { where: t(way === "hook" ? "wayHook" : "wayChat", { host }), fault: fault ?? t("faultUnknown") };
        return (
          <p key={way}>
            {givenUp > 0 && t("givenUp", { ...said, count: givenUp })} {open > 0 && fault !== null && t("untaken", { ...said, count: open, at: triedAt === null ? "–" : formatMoment(new Date(triedAt), timeZone) })}
          </p>
        );
      })}
      {mayEdit && <Button size="compact-xs" variant="default" loading={isBusy} aria-label={t("sendAgainOf", { name: rule.name })} onClick={sendAgain}>{t("sendAgain")}</Button>}
    </div>
  );
};
