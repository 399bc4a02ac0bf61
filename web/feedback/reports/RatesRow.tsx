import { Link } from "@tanstack/react-router";
import { Card, Grid } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { responsesOf } from "./report-search.ts";
import { formatDuration, sharesText, type Words } from "./report-words.ts";
import type { Report } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

const WAY_WORDS = { email: "wayEmail", text: "wayText", interview: "wayInterview" } as const;

/** "By mail: 12 of 40 answered · 39 delivered · 20 opened"; of calls, how many were spoken to. */
const wayText = (t: Words, { channel, asked, answered, delivered, opened }: Report["rates"]["outreach"][number]): string =>
  t(WAY_WORDS[channel], { asked: formatNumber(asked), answered: formatNumber(answered), delivered: formatNumber(delivered), opened: formatNumber(opened ?? 0) });

/** How many began, finished and left, each with what it is a share of. */
export const RatesRow = ({ surveyId, report, search }: PartProps) => {
  const t = useTexts(reportsTexts);
  const { rates } = report;
  const { completionRate: completion, responseRate } = rates;
  const leftOut = rates.flagged + rates.screenedOut + rates.overQuota;
  const link = (count: number, label: string, given: { state?: string } = {}) =>
    count === 0 ? formatNumber(count) : <Link to="/responses" search={responsesOf(surveyId, search, given)} aria-label={`${label}: ${formatNumber(count)}`}>{formatNumber(count)}</Link>;
  return (
    <div className="report-rates">
      <Grid>
        <Card span={3}>
          <Stat label={t("started")} value={link(rates.started, t("openStarted"))} note={leftOut === 0 ? undefined : `${t("leftOut")}: ${t("leftOutNote", { flagged: rates.flagged, screened: rates.screenedOut, quota: rates.overQuota })}`} />
        </Card>
        <Card span={3}>
          <Stat
            label={t("completed")}
            value={link(rates.completed, t("openCompleted"), { state: "complete" })}
            note={<>{t("partial")}: {link(rates.partial, t("openPartial"), { state: "partial" })} · {t("answering")}: {formatNumber(rates.answering)}</>}
          />
        </Card>
        <Card span={3}>
          <Stat
            label={t("completionRate")}
            value={completion.share === null || completion.denominator < 10 ? "–" : formatShare(completion.share)}
            note={t("completionNote", { completed: completion.numerator, started: completion.denominator, ...sharesText(completion.low, completion.high) })}
          />
        </Card>
        <Card span={3}>
          {responseRate === null ? (
            <Stat label={t("duration")} value={rates.medianSeconds === null ? "–" : formatDuration(t, rates.medianSeconds)} note={rates.outreachUnknown === null ? t("durationNote") : `${t("durationNote")} · ${t("outreachUnknown", { filter: t(rates.outreachUnknown) })}`} />
          ) : (
            <Stat
              label={t("responseRate")}
              value={responseRate.share === null || responseRate.denominator < 10 ? "–" : formatShare(responseRate.share)}
              note={<>
                {t("responseNote", { answered: responseRate.numerator, invited: responseRate.denominator, ...sharesText(responseRate.low, responseRate.high) })}
                {rates.outreach.map((way) => <span key={way.channel} className="report-way">{wayText(t, way)}</span>)}
              </>}
            />
          )}
        </Card>
      </Grid>
    </div>
  );
};
