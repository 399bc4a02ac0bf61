import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { channelName, shareText } from "./channel-words.ts";
import type { EffortReply } from "./channels.data.ts";
import { channelsTexts } from "./channels.texts.ts";

// The whole list would be longer than the card; the register of touchpoints has it.
const NAMED_MAX = 6;

/** How often customers have to turn to support, and how often again. */
export const EffortCard = ({ effort }: { effort: EffortReply }) => {
  const t = useTexts(channelsTexts);
  const { all, channels, activeCustomers, repeatDays: days, touchpoints } = effort;
  return (
    <Card span={5} title={t("effort")} subtitle={t("effortBody")}>
      {all.contacts === 0 ? <p className="quiet">{t("noContacts")}</p> : (
        <>
          <div className="channel-stats">
            <Stat label={t("perCustomer")} value={activeCustomers === 0 ? "–" : formatNumber((all.contacts / activeCustomers) * 100, 1)}
              note={t("perCustomerNote", { contacts: all.contacts, callers: all.customers, customers: activeCustomers })} />
            <Stat label={t("repeated", { days })} value={shareText(all.repeated, all.judged)} note={t("repeatedNote", { part: all.repeated, whole: all.judged, days })} />
          </div>
          <table className="channel-rows" aria-label={t("effort")}>
            <thead>
              <tr><th scope="col">{t("channel")}</th><th scope="col">{t("contacts")}</th><th scope="col">{t("customers")}</th><th scope="col">{t("repeated", { days })}</th></tr>
            </thead>
            <tbody>
              {channels.map((row) => (
                <tr key={row.channel}>
                  <th scope="row">{channelName(row.channel)}</th>
                  <td>{formatNumber(row.contacts)}</td>
                  <td>{formatNumber(row.customers)}</td>
                  <td title={t("of", { part: row.repeated, whole: row.judged })}>{shareText(row.repeated, row.judged)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="channel-note">{t("countedAt", { names: touchpoints.slice(0, NAMED_MAX).join(", ") })}{touchpoints.length > NAMED_MAX && " …"}</p>
        </>
      )}
    </Card>
  );
};
