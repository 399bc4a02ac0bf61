import { Link } from "@tanstack/react-router";
import { formatChange, formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import type { Contribution, Explanation } from "./explanations.data.ts";
import { explanationsTexts } from "./explanations.texts.ts";

type Split = Explanation["splits"][number];
const rowsMax = 6;

/** What each group of one split brought to a change: bars to the left took away, bars to the right added. */
export const SplitOfChange = ({ split, metric, previous, digits }: { split: Split; metric: string; previous: Explanation["previous"]; digits: number }) => {
  const t = useTexts(explanationsTexts);
  const rows = split.contributions.slice(0, rowsMax);
  const widest = Math.max(...rows.map(({ within, mix }) => Math.abs(within + mix)), 1e-9);
  return (
    <section>
      <h3>{t(`by_${split.by}`)}</h3>
      <p className="quiet">{t("partsHint", { within: formatChange(split.within, digits), mix: formatChange(split.mix, digits) })}</p>
      <table className="why-split" aria-label={t(`by_${split.by}`)}>
        <thead>
          <tr>
            <th scope="col">{t("group")}</th>
            <th scope="col" colSpan={2}>{t("brought")}</th>
            <th scope="col">{t("own")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.value} ${row.isRest}`} row={row} by={split.by} metric={metric} previous={previous} widest={widest} digits={digits} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

type RowProps = { row: Contribution; by: Split["by"]; metric: string; previous: Explanation["previous"]; widest: number; digits: number };

const Row = ({ row, by, metric, previous, widest, digits }: RowProps) => {
  const t = useTexts(explanationsTexts);
  const brought = row.within + row.mix;
  const name = row.isRest ? t("rest") : nameOfGroup(by, row);
  const words = `${t("itself", { points: formatChange(row.within, digits) })}, ${t("share", { points: formatChange(row.mix, digits) })}`;
  return (
    <tr>
      <th scope="row">
        {row.isRest ? name : (
          <Link to="." resetScroll={false} aria-label={t("showAnswers", { group: name })} search={(before: object) => ({ ...before, why: undefined, open: metric, band: undefined, by, value: row.value ?? notNamed, at: undefined, until: undefined })}>
            {name}
          </Link>
        )}
      </th>
      <td className="why-track" title={words}>
        <span aria-hidden className={brought < 0 ? "why-bar why-bar-down" : "why-bar why-bar-up"} style={{ width: `${(50 * Math.abs(brought)) / widest}%` }} />
        <span className="sr-only">{words}</span>
      </td>
      <td className="why-points">{formatChange(brought, digits)}</td>
      <td className="why-own">
        {row.previousScore === null ? t("newGroup") : row.isRest ? t("fromTo", { before: formatNumber(row.previousScore, digits), after: row.score === null ? t("goneGroup") : formatNumber(row.score, digits) }) : (
          <>
            <Link
              to="." resetScroll={false} aria-label={t("showBefore", { group: name, before: formatNumber(row.previousScore, digits) })}
              search={(now: object) => ({ ...now, why: undefined, open: metric, band: undefined, by, value: row.value ?? notNamed, at: previous.from, until: previous.to })}
            >
              {formatNumber(row.previousScore, digits)}
            </Link>{" "}
            {t("to", { after: row.score === null ? t("goneGroup") : formatNumber(row.score, digits) })}
          </>
        )}
        {row.isSignificant && <b className="why-sure">{t("beyondChance")}</b>}
      </td>
    </tr>
  );
};
