import { Time } from "../../ui/Time.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./CustomerScreen.module.css";
import { LastScore } from "./LastScore.tsx";
import type { CustomerDetail } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";

/** One line: who it is, how it stands. */
export const StateLine = ({ customer }: { customer: CustomerDetail }) => {
  const t = useTexts(profilesTexts);
  return (
    <div className={classes.state}>
      {customer.email !== null && <a href={`mailto:${customer.email}`}>{customer.email}</a>}
      <span>
        {t("lastSeen")} <Time at={customer.lastSeenAt} kind="ago" />
      </span>
      <span>
        {t("interactions", { count: customer.interactions })} {t("since", { day: formatDayWithYear(new Date(customer.firstSeenAt)) })}
      </span>
      <span>
        {t("lastScore")} {customer.lastScore === null ? t("never") : <LastScore score={customer.lastScore} />}
        {customer.lastScore !== null && <Time at={customer.lastScore.at} kind="ago" />}
      </span>
      {customer.groups.length > 0 && <span>{customer.groups.map((group) => group.name).slice(0, 3).join(", ")}</span>}
    </div>
  );
};
