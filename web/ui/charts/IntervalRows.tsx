import { Tooltip } from "@mantine/core";
import { scaleLinear } from "d3-scale";
import type { ReactNode } from "react";
import { formatNumber } from "../numbers.ts";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";

export type IntervalRow = { key: string; label: string; count: number; value: number | null; low: number | null; high: number | null; verdict?: Verdict | null };
/** That a row differs from the others by more than chance: which way, whether that is good, and by how much in words. */
export type Verdict = { isHigher: boolean; isGood: boolean; words: string };
type IntervalRowsProps = {
  label: string;
  rows: readonly IntervalRow[];
  format: (value: number) => string;
  /** The score over all rows, drawn as a line to compare with. */
  reference?: number | null;
  limits?: readonly [number, number];
  /** What each row is made of. */
  counted?: "answers" | "cases";
  /** Wraps the label of a row in its link. */
  link?: (row: IntervalRow, label: ReactNode) => ReactNode;
};

const fewest = 10;
const steady = 30;

/** A score per group with its interval: a dot plot on one shared scale, in a real table.
 *  Under 10 answers the score is hidden, under 30 it is greyed. Source: the evidence rules of the metrics. */
export const IntervalRows = ({ label, rows, format, reference = null, limits, counted = "answers", link }: IntervalRowsProps) => {
  const t = useTexts(uiTexts);
  const drawn = rows.filter(({ count, value }) => count >= fewest && value !== null);
  const scale = scaleLinear(extentOf(drawn, reference, limits), [2, 98]);
  return (
    <table className="interval-rows" aria-label={label}>
      <colgroup>
        <col className="interval-name-column" />
        <col />
        <col className="interval-value-column" />
        <col className="interval-count-column" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t("label")}</span>
          </th>
          <th scope="col">{t("intervalHead")}</th>
          <th scope="col">{t(`score_of_${counted}`)}</th>
          <th scope="col">{t(`count_of_${counted}`)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} format={format} place={scale} reference={reference} counted={counted} name={link ? link(row, row.label) : row.label} />
        ))}
      </tbody>
    </table>
  );
};

type RowProps = { row: IntervalRow; counted: "answers" | "cases"; format: (value: number) => string; place: (value: number) => number; reference: number | null; name: ReactNode };

const Row = ({ row, format, place, reference, counted, name }: RowProps) => {
  const t = useTexts(uiTexts);
  const isHidden = row.count < fewest || row.value === null;
  const isFaint = row.count < steady;
  const { verdict = null } = row;
  const why = isHidden ? t(`tooFewWhy_of_${counted}`, { count: row.count }) : isFaint ? t(`indicativeWhy_of_${counted}`) : interval(row, format, t);
  return (
    <tr className={isHidden ? "interval-hidden" : isFaint ? "interval-faint" : undefined}>
      <th scope="row">{name}</th>
      <td className="interval-drawing">
        <Tooltip label={verdict === null || isHidden ? why : `${why}. ${verdict.words}.`} multiline maw={260}>
          <div className="interval-plot">
            {reference !== null && <i className="interval-reference" style={{ left: `${place(reference)}%` }} />}
            {!isHidden && row.value !== null && row.low !== null && row.high !== null && (
              <>
                <i className="interval-range" style={{ left: `${place(row.low)}%`, width: `${place(row.high) - place(row.low)}%` }} />
                <i className="interval-dot" style={{ left: `${place(row.value)}%` }} />
                <span className="sr-only">{interval(row, format, t)}</span>
              </>
            )}
          </div>
        </Tooltip>
      </td>
      <td className="interval-value">
        {!isHidden && verdict !== null && (
          <>
            <span className={verdict.isGood ? "interval-good" : "interval-bad"} aria-hidden>{verdict.isHigher ? "▲" : "▼"}</span>
            <span className="sr-only">{verdict.words}: </span>
          </>
        )}
        {isHidden || row.value === null ? t("tooFew") : format(row.value)}
      </td>
      <td className="interval-count">
        {formatNumber(row.count)}
        {isFaint && !isHidden && <span className="sr-only"> ({t("indicative")})</span>}
      </td>
    </tr>
  );
};

const interval = (row: IntervalRow, format: (value: number) => string, t: typeof uiTexts.say): string =>
  row.low === null || row.high === null ? "" : t("interval", { low: format(row.low), high: format(row.high) });

const extentOf = (rows: readonly IntervalRow[], reference: number | null, limits?: readonly [number, number]): [number, number] => {
  const values = rows.flatMap(({ value, low, high }) => [value, low, high]).filter((value): value is number => value !== null);
  if (reference !== null) values.push(reference);
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || 1) * 0.06;
  return limits ? [Math.max(limits[0], low - room), Math.min(limits[1], high + room)] : [low - room, high + room];
};
