import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { Definition } from "../../ui/Definition.tsx";
import { useAbility } from "../../shell/session.data.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { useAlertsWithin } from "../alerts/alerts.data.ts";
import { alertsTexts } from "../alerts/alerts.texts.ts";
import { CurrentAlerts } from "../alerts/CurrentAlerts.tsx";
import { WhyLink } from "../explanations/WhyLink.tsx";
import { describeChanges, wordOfNothing } from "./changes.ts";
import type { FilterName } from "./home-search.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import type { Summary } from "./scores.ts";

type ChangesCardProps = {
  summaries: readonly Summary[];
  others: readonly Summary[];
  groups: readonly { by: FilterName; breakdown: BreakdownReply }[];
  isWeighted: boolean;
  /** Alerts look at everything whatever is chosen, which is then said. */
  isFiltered: boolean;
  /** Whether it is not known yet what moved. */
  isPending: boolean;
  /** Why it could not be asked, and how it is asked again. */
  error: Error | null;
  retry: () => void;
  /** Periods too long to be compared day by day. */
  isTooLong: boolean;
  period: { from: string; to: string };
  previous: { from: string; to: string };
  timeZone: string;
};

const rules = ["changedScores", "changedGroups", "changedAll"] as const;

/** Only what can be supported; when nothing can, it says so. */
export const ChangesCard = ({ summaries, others, groups, isWeighted, isFiltered, isPending, error, retry, isTooLong, period, previous, timeZone }: ChangesCardProps) => {
  const t = useTexts(metricsTexts);
  const maySeeAlerts = useAbility("alerts.read");
  const { lasting, over } = useAlertsWithin(period, maySeeAlerts);
  const isKnown = error === null;
  const sentences = isKnown ? describeChanges({ summaries, others, groups, isWeighted }) : [];
  const nothing = sentences.length > 0 ? null : wordOfNothing(summaries, isTooLong, lasting.length > 0 ? "lasting" : over.length > 0 ? "over" : "none");
  // What came and went is told where it is all there is: a rise and a fall leave no change between periods.
  const alerts = nothing === "nothingLasting" ? over : lasting;
  const before = `${formatDayWithYear(new Date(previous.from), timeZone)} – ${formatDayWithYear(new Date(Date.parse(previous.to) - 1), timeZone)}`;
  return (
    <Card span={12} title={t("changed")} subtitle={nothing === "nothingBefore" || nothing === "nothingByDays" ? undefined : t("changedHint", { period: before })} aside={<Definition title={t("changedHow")} items={rules.map((rule) => ({ term: t(rule), meaning: t(`${rule}How`) }))} />}>
      {!isKnown && <ErrorState error={error} onRetry={retry} />}
      {isKnown && isPending && <Loading kind="rows" rows={2} />}
      {isKnown && !isPending && nothing !== null && <p className="changes-none">{nothing === "nothingLasting" ? alertsTexts.say(nothing) : t(nothing)}</p>}
      {alerts.length > 0 && isFiltered && <p className="changes-none">{t("alertsUnfiltered")}</p>}
      <ul className="changes">
        <CurrentAlerts alerts={alerts} />
        {sentences.map((sentence) => (
          <li key={sentence.key}>
            <i className={`tone-${sentence.tone}`} aria-hidden />
            <div>
              <strong>{sentence.title}</strong>
              <p>{sentence.detail}</p>
            </div>
            <span className="changes-links">
              {sentence.why !== null && <WhyLink {...sentence.why} />}
              <Link to="." search={(now: object) => ({ ...now, band: undefined, by: undefined, value: undefined, at: undefined, until: undefined, ...sentence.link })}>
                {t("seeAnswers")} →
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
};
