import { linesOf, placeOnMap, type Placed } from "@firsthand/server/insights/drivers/quadrants.rules";
import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { formatPart, isRated, type Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FactorLink } from "./FactorLink.tsx";
import { PerformanceMap } from "./PerformanceMap.tsx";

type MapCardProps = { factors: readonly Driver[]; name: Naming };

/** The map of the factors that are ratings, and beside it in words where each stands. */
export const MapCard = ({ factors, name }: MapCardProps) => {
  const t = useTexts(driversTexts);
  // Numbered as in the table of shares, where all factors stand.
  const rated = factors.flatMap((factor, place) => (isRated(factor.factor) ? [{ factor, number: place + 1 }] : []));
  const lines = linesOf(rated.map(({ factor }) => factor), factors.length);
  if (lines === null) return null;
  const places = rated.map(({ factor, number }) => ({ factor, number, ...at(placeOnMap(factor, lines)) }));
  return (
    <Card title={t("mapTitle")} subtitle={t("mapHint")} className="drivers-map-card">
      <PerformanceMap factors={rated} lines={lines} name={name} />
      <table className="drivers-places" aria-label={t("mapTitle")}>
        <thead>
          <tr>
            <th scope="col">{t("factor")}</th>
            <th scope="col">{t("performanceShort")}</th>
            <th scope="col">{t("place")}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ factor, number, quadrant, isCertain }) => (
            <tr key={factor.factor}>
              <th scope="row">
                <span className="drivers-name">
                  <span className="drivers-number" aria-hidden>{number}</span>
                  <span>
                    {name(factor.factor)}
                    <span className="sr-only"> ({t("share")} {formatPart(factor.lmgShare)})</span>
                  </span>
                </span>
              </th>
              <td className="drivers-value"><FactorLink factor={factor.factor} name={name(factor.factor)} part="low">{formatNumber(factor.performance)}</FactorLink></td>
              <td>
                <span className={`drivers-place drivers-place-${quadrant}`}>{t(quadrant)}</span>
                {!isCertain && <small title={t("uncertainHint")}> · {t("uncertain")}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
};

const at = ({ quadrant, isCertain }: Placed): Pick<Placed, "quadrant" | "isCertain"> => ({ quadrant, isCertain });
