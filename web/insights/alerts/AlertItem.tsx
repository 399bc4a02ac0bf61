import { Badge, Button } from "@mantine/core";
import { IconThumbDown, IconThumbUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useAbility, useSession } from "../../shell/session.data.ts";
import { parseSearch } from "../../shell/search-text.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Alert, giveOpinion } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { EvidenceChart } from "./EvidenceChart.tsx";
import { SnoozeMenu } from "./SnoozeMenu.tsx";

/** One thing that moved: what, how sure, what is behind it, and whether it was worth telling.
 *  @param isAsked whoever came here, from a mail, came because of this one */
export const AlertItem = ({ alert, isAsked = false }: { alert: Alert; isAsked?: boolean }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const mayEdit = useAbility("alerts.edit");
  const day = (at: string): string => formatDayWithYear(new Date(at), timeZone);
  const [path = "/", search = ""] = alert.link.split("?");
  const behind = parseSearch(search);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAsked) item.current?.scrollIntoView({ block: "center" });
  }, [isAsked]);
  return (
    <li className="alert-item" ref={item} aria-current={isAsked ? "true" : undefined}>
      <i className={alert.endedAt === null ? `tone-${alert.tone}` : "tone-over"} aria-hidden />
      <div className="alert-words">
        <h3>{alert.title}</h3>
        <p>{alert.detail}</p>
        <p className="alert-facts">
          <Badge size="sm" variant="light" color={alert.state === "over" || alert.tone === "plain" ? "gray" : alert.tone === "bad" ? "red" : "teal"} className={`alert-state alert-state-${alert.state}`}>
            {t(`state_${alert.state}`)}
          </Badge>
          <span>{day(alert.raisedAt)}</span>
          <span>{alert.ruleName}</span>
          {alert.isFromHistory && <span>{t("fromHistory")}</span>}
          {alert.endedAt !== null && alert.endReason !== null && <span>{t(`ended_${alert.endReason}`, { day: day(alert.endedAt) })}</span>}
          {alert.snoozedUntil !== null && <span>{t("snoozed", { day: day(alert.snoozedUntil) })}</span>}
        </p>
        <div className="alert-actions">
          <Link to={path} search={behind}>{t("evidence")} →</Link>
          {path === "/" && behind.metric !== undefined && <Link to={path} search={{ ...behind, open: undefined, why: behind.metric }} aria-label={t("whyOf", { title: alert.title })}>{t("why")}</Link>}
          <Opinion alert={alert} />
          {mayEdit && alert.state !== "over" && <SnoozeMenu ruleId={alert.ruleId} name={alert.ruleName} snoozedUntil={alert.snoozedUntil} />}
        </div>
      </div>
      <EvidenceChart alert={alert} timeZone={timeZone} />
    </li>
  );
};

const Opinion = ({ alert: { id, title, opinions } }: { alert: Alert }) => {
  const t = useTexts(alertsTexts);
  const [isBusy, setBusy] = useState(false);
  const say = (isUseful: boolean): void => {
    setBusy(true);
    giveOpinion(id, opinions.mine === isUseful ? null : isUseful).catch(notifyFailed).finally(() => setBusy(false));
  };
  return (
    <span className="alert-opinion" role="group" aria-label={`${t("wasUseful")} ${title}`}>
      <span>{t("wasUseful")}</span>
      <Button size="compact-sm" fz={12} variant={opinions.mine === true ? "light" : "default"} disabled={isBusy} aria-pressed={opinions.mine === true} leftSection={<IconThumbUp size={13} aria-hidden />} onClick={() => say(true)}>
        {t("yes")}
      </Button>
      <Button size="compact-sm" fz={12} variant={opinions.mine === false ? "light" : "default"} disabled={isBusy} aria-pressed={opinions.mine === false} leftSection={<IconThumbDown size={13} aria-hidden />} onClick={() => say(false)}>
        {t("no")}
      </Button>
      {opinions.useful > 0 && <span className="quiet">{t("useful", { count: opinions.useful })}</span>}
    </span>
  );
};
