import { Trend } from "../../ui/charts/Trend.tsx";
import { Card } from "../../ui/Card.tsx";
import { formatDay, formatMonth } from "../../ui/dates.ts";
import { Delta } from "../../ui/Delta.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { toReportQuery, type WaveStep } from "./report-search.ts";
import { formatReportScore, intervalText, limitsOf, nameOfGroup, weightedText, withHidden, type Words } from "./report-words.ts";
import { type QuestionReport, useWaves, type Waves } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import type { PartProps } from "./report-part.ts";

const fewest = 10;

/** A score wave by wave, each against the one before. */
export const WavesCard = ({ surveyId, search, question }: PartProps & { question: QuestionReport }) => {
  const t = useTexts(reportsTexts);
  const waves = useWaves(surveyId, { ...toReportQuery(search), question: question.id, by: search.waves }, true);
  return (
    <Card span={6} title={t("wavesTitle", { question: question.title })} subtitle={withHidden(t, t(search.isWeighted ? "wavesWeightedHint" : "wavesHint"), waves.data?.hiddenGroups)}>
      {waves.isPending ? (
        <Loading />
      ) : waves.isError ? (
        <ErrorState error={waves.error} onRetry={() => void waves.refetch()} />
      ) : (
        <>
          {isOverTime(search.waves) && waves.data.waves.length > 1 && <Course waves={waves.data} title={question.title} step={search.waves} />}
          <WaveTable waves={waves.data} step={search.waves} />
        </>
      )}
    </Card>
  );
};

const isOverTime = (step: WaveStep): boolean => step === "week" || step === "month" || step === "quarter";

const Course = ({ waves, title, step }: { waves: Waves; title: string; step: WaveStep }) => {
  const t = useTexts(reportsTexts);
  return (
    <Trend
      label={t("wavesLabel", { question: title, by: t(step) })} limits={limitsOf(waves)} heightMin={200} format={(value) => formatReportScore(waves.metric, value)}
      nameDay={(at) => (step === "week" ? formatDay(at, "UTC") : formatMonth(at, "UTC"))}
      points={waves.waves.map(({ key, score, low, high, count }) => {
        const isHidden = count < fewest;
        return { at: new Date(`${key}T00:00:00Z`), value: isHidden ? null : score, low: isHidden ? null : low, high: isHidden ? null : high, count };
      })}
    />
  );
};

const WaveTable = ({ waves, step }: { waves: Waves; step: WaveStep }) => {
  const t = useTexts(reportsTexts);
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{t("waveHead")}</th>
          <th scope="col">{t("score")}</th>
          <th scope="col">{t("change")}</th>
          <th scope="col">{t("count")}</th>
        </tr>
      </thead>
      <tbody>
        {waves.waves.toReversed().slice(0, 24).map((wave) => (
          <tr key={wave.key} className={wave.count < fewest ? "report-few" : undefined}>
            <th scope="row">{nameOfWave(t, step, wave)}</th>
            <td title={intervalText(t, waves.metric, wave)}>{wave.count < fewest || wave.score === null ? "–" : formatReportScore(waves.metric, wave.score)}{wave.weighted !== null && wave.count >= fewest && <small>{weightedText(t, waves.metric, wave.weighted)}</small>}</td>
            <td>{wave.change !== null && wave.count >= fewest && <Delta change={wave.change.difference} isSignificant={wave.change.isSignificant} digits={waves.metric === "nps" ? 1 : 2} />}</td>
            <td className="quiet">{formatNumber(wave.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const nameOfWave = (t: Words, step: WaveStep, { key, label }: Waves["waves"][number]): string => {
  if (!isOverTime(step)) return nameOfGroup(t, step, key, label);
  const at = new Date(`${key}T00:00:00Z`);
  return step === "week" ? formatDay(at, "UTC") : formatMonth(at, "UTC");
};
