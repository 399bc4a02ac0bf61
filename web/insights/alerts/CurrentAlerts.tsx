import { Link } from "@tanstack/react-router";
import { parseSearch } from "../../shell/search-text.ts";
import { useSession } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Alert } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import "./alerts.css";

/** What lasts, or is over, as the first of Home's sentences; the card has words for when there is nothing. */
export const CurrentAlerts = ({ alerts }: { alerts: readonly Alert[] }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const day = (at: string): string => formatDayWithYear(new Date(at), timeZone);
  return alerts.map(({ id, tone, title, detail, raisedAt, endedAt, endReason, link }) => {
    const [path = "/", search = ""] = link.split("?");
    const life = endedAt === null || endReason === null ? t("lastsSince", { day: day(raisedAt) }) : `${t(`ended_${endReason}`, { day: day(endedAt) })}.`;
    return (
      <li key={id}>
        <i className={`tone-${tone}`} aria-hidden />
        <div>
          <strong>{title}</strong>
          <p>{detail} {life}</p>
        </div>
        <Link to={path} search={parseSearch(search)}>{t("evidence")} →</Link>
      </li>
    );
  });
};
