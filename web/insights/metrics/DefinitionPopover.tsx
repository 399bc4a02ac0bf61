import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatChange, formatNumber, formatP } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameOf } from "./metric-words.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { formatScore, type Summary } from "./scores.ts";

type DefinitionPopoverProps = { summary: Summary; previous: { from: string; to: string }; timeZone: string };

/** What a number means and how it is computed, so that it can be defended. */
const hidden = { score: null, low: null, high: null };
const exact = (value: number): string => formatNumber(value, 2);
const sayChange = (change: Summary["change"]): string =>
  change === null || change.difference === null || change.p === null ? "" : `, ${metricsTexts.say("exactChange", { change: formatChange(change.difference, 2), p: formatP(change.p) })}`;

export const DefinitionPopover = ({ summary, previous, timeZone }: DefinitionPopoverProps) => {
  const t = useTexts(metricsTexts);
  const { definition, scale, otherScales, change, metric, weighted } = summary;
  const { score, low, high } = summary.evidence === "anecdotal" ? hidden : summary;
  const elsewhere = otherScales.reduce((sum, { count }) => sum + count, 0);
  const days = `${formatDayWithYear(new Date(previous.from), timeZone)} – ${formatDayWithYear(new Date(Date.parse(previous.to) - 1), timeZone)}`;
  return (
    <Popover width={340} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={t("definition", { metric: nameOf(metric, summary.title) })}>
          <IconInfoCircle size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={definition.title}>
        <h3 className="definition-title">{definition.title}</h3>
        <dl className="definition">
          {score !== null && low !== null && high !== null && (
            <>
              <dt>{t("exact")}</dt>
              <dd className="numeric">
                {t("exactly", { score: exact(score), low: exact(low), high: exact(high) })}
                {sayChange(change)}
                {weighted !== null && weighted.score !== null && weighted.low !== null && weighted.high !== null && (
                  <>
                    <br />
                    {t("exactlyWeighted", { score: exact(weighted.score), low: exact(weighted.low), high: exact(weighted.high), effect: exact(weighted.designEffect) })}
                    {sayChange(weighted.change)}
                  </>
                )}
              </dd>
            </>
          )}
          <dt>{t("formula")}</dt>
          <dd>{definition.formula}</dd>
          <dt>{t("interval")}</dt>
          <dd>
            {definition.interval}
            {(summary.evidence === "indicative" || summary.evidence === "limited") && ` ${t(`evidence_${summary.evidence}`)}`}
          </dd>
          <dt>{t("comparison")}</dt>
          <dd>
            {definition.comparison} {change !== null && t("homeComparison")}{" "}
            {change !== null &&
              change.previousScore !== null &&
              (change.compared === null
                ? t("previous", { score: formatScore(metric, change.previousScore), answers: t("answers", { count: change.previousCount }), period: days })
                : t("previousAsked", {
                    days: change.compared.answeringDays, count: change.compared.count, score: change.compared.score === null ? "–" : formatScore(metric, change.compared.score),
                    previous: formatScore(metric, change.previousScore), before: change.previousCount, period: days,
                  }))}
          </dd>
          <dt>{t("scale")}</dt>
          <dd>
            {t("scaleIs", { min: scale.min, max: scale.max })}
            {elsewhere > 0 && `. ${t("otherScales", { count: elsewhere })}`}
          </dd>
          <dt>{t("source")}</dt>
          <dd className="quiet">{definition.source}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
};
