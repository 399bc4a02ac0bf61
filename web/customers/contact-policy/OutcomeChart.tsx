import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { type Outcome, reasons } from "./contact-policy.data.ts";
import classes from "./ContactPolicy.module.css";
import { contactPolicyTexts } from "./contact-policy.texts.ts";

/** Requests by what came of them: as decided above, with the changed policy below. */
export const OutcomeChart = ({ before, after }: { before: readonly Outcome[]; after: readonly Outcome[] }) => {
  const t = useTexts(contactPolicyTexts);
  const amount = (outcomes: readonly Outcome[], key: string): number => outcomes.find((one) => (one.reason ?? one.decision) === key)?.requests ?? 0;
  const shown = (["asked", ...reasons] as const).filter((key) => amount(before, key) + amount(after, key) > 0);
  const most = Math.max(1, ...[...before, ...after].map(({ requests }) => requests));
  const width = (value: number): string => `${(value / most) * 100}%`;
  return (
    <div>
      <p className={classes.legend}>
        <span><i className={classes.was} aria-hidden /> {t("before")}</span>
        <span><i className={classes.would} aria-hidden /> {t("after")}</span>
      </p>
      <table className={classes.chart}>
        <caption className="sr-only">{t("preview")}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("decision")}</th>
            <th scope="col">{t("requests")}</th>
            <th scope="col">{t("before")}</th>
            <th scope="col">{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((key) => (
            <tr key={key} data-asked={key === "asked"}>
              <th scope="row">{t(key)}</th>
              <td aria-hidden>
                <i className={classes.was} style={{ width: width(amount(before, key)) }} />
                <i className={classes.would} style={{ width: width(amount(after, key)) }} />
              </td>
              <td className={classes.number}>{formatNumber(amount(before, key))}</td>
              <td className={classes.number}><strong>{formatNumber(amount(after, key))}</strong></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
