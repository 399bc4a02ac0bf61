import { Stack } from "@mantine/core";
import { Bars } from "../../ui/charts/Bars.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Interview.module.css";
import { useCallOutcomes } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";
import { toneOf } from "./outcome-groups.rules.ts";

const RATES = ["RR1", "RR2", "RR3", "RR4", "RR5", "RR6", "e"] as const;

/** How the people of a list ended, and the response rates that follow. */
export const OutcomesPanel = ({ listId }: { listId: string }) => {
  const t = useTexts(interviewsTexts);
  const outcomes = useCallOutcomes(listId);
  if (outcomes.isPending) return <Loading kind="card" />;
  if (outcomes.error !== null) return <ErrorState error={outcomes.error} onRetry={() => void outcomes.refetch()} />;
  const { outcomes: counted, notCalled, notCalledBecause, rates } = outcomes.data;
  const bars = [
    ...counted.filter(({ people }) => people > 0).map(({ code, name, group, people }) => ({ key: code, label: `${name} (${code})`, value: people, tone: toneOf(group) })),
    ...notCalledBecause.map(({ reason, people }) => ({ key: reason, label: t("notCalledBecause", { reason: t(`skip_${reason}`) }), value: people, tone: "middle" as const })),
    { key: "none", label: t("notCalledNow"), value: notCalled - notCalledBecause.reduce((sum, { people }) => sum + people, 0), tone: "brand" as const },
  ];
  return (
    <Stack gap="md">
      <Bars label={t("outcomesOf")} bars={bars} format={(people) => formatNumber(people)} />
      <div>
        <h3 className="panel-heading" id="call-rates">{t("rates")}</h3>
        <p className="quiet">{t("ratesAbout")}</p>
        <table className={classes.rates} aria-labelledby="call-rates">
          <thead><tr><th scope="col">{t("rate")}</th><th scope="col">{t("rateMeaning")}</th><th scope="col">{t("rateValue")}</th></tr></thead>
          <tbody>
            {RATES.map((rate) => {
              const value = rates[rate] ?? null;
              return <tr key={rate}><th scope="row">{rate}</th><td>{t(rate)}</td><td className={classes.rate}>{value === null ? t("noRate") : formatShare(value, 1)}</td></tr>;
            })}
          </tbody>
        </table>
      </div>
    </Stack>
  );
};
