import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { CurrentAlerts } from "../alerts/CurrentAlerts.tsx";
import { WhyLink } from "../explanations/WhyLink.tsx";
import { describeChanges } from "./changes.ts";
import type { FilterName } from "./home-search.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import type { Summary } from "./scores.ts";

type ChangesCardProps = {
  summaries: readonly Summary[];
  others: readonly Summary[];
  groups: readonly { by: FilterName; breakdown: BreakdownReply }[];
  isWeighted: boolean;
  previous: { from: string; to: string };
  timeZone: string;
};

/** Only what can be supported; when nothing can, it says so. */
export const ChangesCard = ({ summaries, others, groups, isWeighted, previous, timeZone }: ChangesCardProps) => {
  const t = useTexts(metricsTexts);
  const sentences = describeChanges({ summaries, others, groups, isWeighted });
  const before = `${formatDayWithYear(new Date(previous.from), timeZone)} – ${formatDayWithYear(new Date(Date.parse(previous.to) - 1), timeZone)}`;
  return (
    <Card span={12} title={t("changed")} subtitle={t("changedHint", { period: before })}>
      {sentences.length === 0 && <p className="changes-none">{t(summaries.some(({ change }) => change !== null) ? "nothingChanged" : "nothingBefore")}</p>}
      <ul className="changes">
        <CurrentAlerts />
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
