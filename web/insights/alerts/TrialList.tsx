import { useSession } from "../../shell/session.data.ts";
import { formatDayWithYear } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type TryRule, useTrial } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";

/** The same looks over the last year: what the rule would have told, before it is kept. */
export const TrialList = ({ asked }: { asked: TryRule }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const trial = useTrial(asked);
  return (
    <section className="rule-trial" aria-label={t("trialTitle")} aria-live="polite" aria-busy={trial.isFetching}>
      <h3>{t("trialTitle")}</h3>
      {trial.isPending ? (
        <Loading kind="rows" rows={2} />
      ) : trial.isError ? (
        <ErrorState error={trial.error} onRetry={() => void trial.refetch()} />
      ) : (
        <>
          <p>{trial.data.isTooLittle ? t("trialTooLittle") : t("trial", { count: trial.data.count })}</p>
          {trial.data.alerts.length > 0 && (
            <ol>
              {trial.data.alerts.map(({ at, title, tone }) => (
                <li key={at}>
                  <i className={`tone-${tone}`} aria-hidden />
                  <span>{formatDayWithYear(new Date(at), timeZone)}</span> {title}
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
};
