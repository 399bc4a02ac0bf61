import { linesOf, placeOnMap, type Placed } from "@firsthand/server/insights/drivers/quadrants.rules";
import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { formatPart, type Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { PerformanceMap } from "./PerformanceMap.tsx";

type MapCardProps = { factors: readonly Driver[]; name: Naming };

/** The map, and beside it in words where each factor stands. */
export const MapCard = ({ factors, name }: MapCardProps) => {
  const t = useTexts(driversTexts);
  const lines = linesOf(factors);
  if (lines === null) return null;
  const places = factors.map((factor) => ({ factor, ...at(placeOnMap(factor, lines)) }));
  return (
    <Card span={5} title={t("mapTitle")} subtitle={t("mapHint")} className="drivers-map-card">
      <PerformanceMap factors={factors} lines={lines} name={name} />
      <table className="drivers-places" aria-label={t("mapTitle")}>
        <thead>
          <tr>
            <th scope="col">{t("factor")}</th>
            <th scope="col">{t("performanceShort")}</th>
            <th scope="col">{t("place")}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ factor, quadrant, isCertain }, place) => (
            <tr key={factor.factor}>
              <th scope="row">
                <span className="drivers-name">
                  <span className="drivers-number" aria-hidden>{place + 1}</span>
                  <span>
                    {name(factor.factor)}
                    <span className="sr-only"> ({t("share")} {formatPart(factor.lmgShare)})</span>
                  </span>
                </span>
              </th>
              <td className="drivers-value">{formatNumber(factor.performance)}</td>
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
