import { Bars } from "../../ui/charts/Bars.tsx";
import { DistributionBar } from "../../ui/charts/DistributionBar.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { formatReportScore, intervalText, weightedText } from "./report-words.ts";
import type { QuestionReport, ReportScore } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";

const toneOf = (name: string): "good" | "middle" | "bad" =>
  ["promoters", "satisfied", "easy"].includes(name) ? "good" : ["detractors", "unsatisfied", "not_easy"].includes(name) ? "bad" : "middle";

/** A score with its interval, its bands and how answers spread over the scale. */
export const ScoreFigures = ({ question, score }: { question: QuestionReport; score: ReportScore }) => {
  const t = useTexts(reportsTexts);
  const isHidden = score.score === null || score.evidence === "anecdotal";
  const parts = [
    intervalText(t, score.metric, score),
    ...(score.metric === "ces" && score.share !== null && score.share.score !== null ? [t("easyShare", { share: formatShare(score.share.score / 100) })] : []),
    ...(score.mean !== null && score.metric !== "ces" && score.metric !== "rating" ? [t("mean", { mean: formatNumber(score.mean.value, 2) })] : []),
    weightedText(t, score.metric, score.weighted) ?? "",
  ].filter((words) => words !== "");
  return (
    <>
      <Stat
        label={t(score.metric)}
        value={isHidden || score.score === null ? <span className="tile-blank">–</span> : <span className={score.evidence === "indicative" ? "quiet" : undefined}>{formatReportScore(score.metric, score.score)}</span>}
        note={isHidden ? undefined : <span className="numeric">{parts.join(" · ")}</span>}
      >
        {score.bands.length > 0 && <DistributionBar label={question.title} parts={score.bands.toReversed().map(({ name, count }) => ({ key: name, label: t(name), count, tone: toneOf(name) }))} />}
      </Stat>
      <Bars label={question.title} direction="standing" height={120} bars={question.boxes.map((box) => ({ key: box.key, label: box.label, value: box.count }))} />
    </>
  );
};
