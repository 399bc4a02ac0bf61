import { Link } from "@tanstack/react-router";
import { Bars } from "../../ui/charts/Bars.tsx";
import { type IntervalRow, IntervalRows } from "../../ui/charts/IntervalRows.tsx";
import { ShareRows } from "../../ui/charts/ShareRows.tsx";
import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { Comments } from "./Comments.tsx";
import { responsesOf } from "./report-search.ts";
import { formatValue } from "./report-words.ts";
import type { QuestionReport } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";
import { ScoreFigures } from "./ScoreFigures.tsx";

type QuestionCardProps = PartProps & { question: QuestionReport };

/** One question: how many answered, and what. */
export const QuestionCard = ({ question, ...part }: QuestionCardProps) => {
  const t = useTexts(reportsTexts);
  const { surveyId, search } = part;
  const base = (
    <>
      <Link to="/responses" search={responsesOf(surveyId, search)} className="tile-count" aria-label={t("openAnswers", { count: question.count })}>{t("answered", { count: question.count })}</Link>
      {question.skipped > 0 && ` · ${t("skipped")}: ${formatNumber(question.skipped)}`}
      {question.left > 0 && ` · ${t("left")}: ${formatNumber(question.left)}`}
      {question.evidence === "anecdotal" && ` · ${t("few")}`}
      {question.evidence === "indicative" && ` · ${t("indicative")}`}
    </>
  );
  return (
    <Card span={6} title={question.title} subtitle={base} className={`question-${question.evidence}`}>
      <Body question={question} {...part} />
      {question.hasComments && <Comments surveyId={surveyId} questionId={question.id} search={search} isOpenAtFirst={question.type === "text" && question.count > 0} />}
    </Card>
  );
};

const Body = ({ question, report }: QuestionCardProps) => {
  const t = useTexts(reportsTexts);
  const second = report.weighting === null ? {} : { second: t("weightedShare") };
  if (question.count === 0) return null;
  if (question.score !== null) return <ScoreFigures question={question} score={question.score} />;
  if (question.rows.length > 0) return <MatrixTable question={question} />;
  if (question.numbers !== null) return <NumberFigures question={question} />;
  if (question.options.length > 0) return <OptionMeans question={question} />;
  if (question.boxes.length === 0) return null;
  return (
    <ShareRows
      label={question.title} count={question.count} head={{ name: t("option"), ...second }}
      rows={question.boxes.map((box) => ({ ...box, second: box.weightedShare }))}
    />
  );
};

/** Shares of a matrix, row by row, each of those who answered the row. */
const MatrixTable = ({ question }: { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const columns = question.rows[0]?.boxes ?? [];
  return (
    <div className="report-scroll" tabIndex={0} role="group" aria-label={question.title}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t("row")}</th>
            {columns.map((column) => <th key={column.key} scope="col">{column.label}</th>)}
            <th scope="col">{t("count")}</th>
          </tr>
        </thead>
        <tbody>
          {question.rows.map((row) => (
            <tr key={row.key} className={row.count < 10 ? "report-few" : undefined}>
              <th scope="row">{row.label}</th>
              {row.boxes.map((box) => (
                <td key={box.key} title={`${formatNumber(box.count)}`} style={{ background: `color-mix(in oklab, var(--brand) ${Math.round(box.share * 38)}%, var(--surface))` }}>
                  {formatShare(box.share)}
                  {box.weightedShare !== null && <small>{t("weightedShare")} {formatShare(box.weightedShare)}</small>}
                </td>
              ))}
              <td className="quiet">{formatNumber(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Mean ranks or mean amounts, with intervals. */
const OptionMeans = ({ question }: { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const isRanking = question.type === "ranking";
  const rows = question.options.map(({ key, label, count, mean, low, high, firstShare, weightedMean }): IntervalRow => ({
    key, count: isRanking ? count : question.count, value: mean, low, high,
    label: [
      label, ...(isRanking && firstShare !== null ? [`${t("firstShare")} ${formatShare(firstShare)}`] : []), ...(weightedMean === null ? [] : [`${t("weightedShare")} ${formatNumber(weightedMean, 2)}`]),
    ].join(" · "),
  }));
  const ordered = isRanking ? rows.toSorted((one, other) => (one.value ?? 99) - (other.value ?? 99)) : rows.toSorted((one, other) => (other.value ?? 0) - (one.value ?? 0));
  return (
    <>
      <p className="quiet report-line">{t(isRanking ? "rankMean" : "amountMean")}</p>
      <IntervalRows label={question.title} rows={ordered} format={(value) => formatNumber(value, 2)} />
    </>
  );
};

const NumberFigures = ({ question }: { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const { numbers } = question;
  if (numbers === null || numbers.mean === null) return null;
  const say = (value: number): string => formatValue(question, value);
  return (
    <>
      <p className="report-line">
        <strong className="report-figure">{say(numbers.mean)}</strong>{" "}
        {numbers.low !== null && numbers.high !== null && t("interval", { low: say(numbers.low), high: say(numbers.high) })}
        {numbers.median !== null && ` · ${t("median", { value: say(numbers.median) })}`}
        {numbers.min !== null && numbers.max !== null && ` · ${t("range", { min: say(numbers.min), max: say(numbers.max) })}`}
        {numbers.weightedMean !== null && ` · ${t("weightedShare")} ${say(numbers.weightedMean)}`}
      </p>
      <Bars label={t("histogram")} direction="standing" height={130} bars={numbers.histogram.map((bin) => ({ key: String(bin.from), label: say(bin.from), value: bin.count }))} />
    </>
  );
};
