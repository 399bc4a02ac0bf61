import { Link } from "@tanstack/react-router";
import { parseSearch } from "../../shell/search.ts";
import { useSession } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Alert } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import "./alerts.css";

/** What lasts now, as the first of Home's sentences; the card has words for when there is nothing. */
export const CurrentAlerts = ({ alerts }: { alerts: readonly Alert[] }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  return alerts.map(({ id, tone, title, detail, raisedAt, link }) => {
    const [path = "/", search = ""] = link.split("?");
    return (
      <li key={id}>
        <i className={`tone-${tone}`} aria-hidden />
        <div>
          <strong>{title}</strong>
          <p>{detail} {t("lastsSince", { day: formatDayWithYear(new Date(raisedAt), timeZone) })}</p>
        </div>
        <Link to={path} search={parseSearch(search)}>{t("evidence")} →</Link>
      </li>
    );
  });
};
