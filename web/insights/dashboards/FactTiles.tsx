import { Bars } from "../../ui/charts/Bars.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { FactCases } from "../need-facts/FactCases.tsx";
import { sayBin } from "../need-facts/fact-words.ts";
import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { NumberLink } from "./NumberLink.tsx";
import { formatUnit } from "./tile-scores.ts";
import { titleOf } from "./tile-words.ts";

type FactTileProps = { tile: MeasuredTile; numbers: Measured };

/** How the values of cases spread; those over the limit stand out. */
export const SpreadTile = ({ tile, numbers }: FactTileProps) => {
  const t = useTexts(dashboardsTexts);
  const { summary, spread, fact } = numbers;
  if (summary === null || fact === null || summary.count === 0) return <p className="quiet">{t("noCases")}</p>;
  if (summary.score === null || spread === null || spread.length === 0) return <p className="quiet">{t("tooFewCases", { count: summary.count })}</p>;
  return (
    <div className="distribution-tile tile-scroll" tabIndex={0} role="group" aria-label={titleOf(tile)}>
      <Bars
        label={titleOf(tile)}
        direction="standing"
        height={110}
        format={(share) => formatShare(share)}
        bars={spread.map((bin) => ({ key: String(bin.from), label: sayBin(fact.unit, bin), value: bin.count / summary.count, tone: bin.over === 0 ? "brand" : bin.over === bin.count ? "bad" : "middle" }))}
      />
      <ul className="band-list">
        {fact.unit !== "share" && <li className="quiet">{t(fact.unit === "days" ? "spreadDays" : fact.measure === "steps_to_goal" ? "spreadSteps" : "spreadTimes")}</li>}
        <li>
          <i className="tone-bad" aria-hidden />
          <NumberLink tile={tile}>{t("overLimit", { share: formatUnit(summary.unit, summary.score) })}</NumberLink>
        </li>
        <li className="quiet">{t("cases", { count: summary.count })}</li>
      </ul>
    </div>
  );
};

/** The cases over the limit, worst first, each leading to its customer. */
export const CasesTile = ({ tile, numbers }: FactTileProps) => {
  const t = useTexts(dashboardsTexts);
  const { cases, fact } = numbers;
  if (cases === null || fact === null || cases.length === 0) return <p className="quiet">{t("noCasesOver")}</p>;
  return <FactCases fact={fact} items={cases} label={titleOf(tile)} className="tile-scroll" />;
};
