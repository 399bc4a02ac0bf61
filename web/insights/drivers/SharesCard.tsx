import { Tooltip } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { formatPart, type Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FactorLink } from "./FactorLink.tsx";

type SharesCardProps = { factors: readonly Driver[]; name: Naming; outcome: string };

/** The share of each factor as a bar with its interval as a band, in a real table. */
export const SharesCard = ({ factors, name, outcome }: SharesCardProps) => {
  const t = useTexts(driversTexts);
  const most = Math.max(...factors.map(({ lmgShare, lmgShareHigh }) => Math.max(lmgShare ?? 0, lmgShareHigh ?? 0)), 1e-9);
  const place = (share: number): string => `${(100 * share) / most}%`;
  const even = 1 / factors.length;
  return (
    <Card title={t("sharesTitle", { outcome })} subtitle={t("sharesHint")}>
      <table className="drivers-shares" aria-label={t("sharesLabel")}>
        <thead>
          <tr>
            <th scope="col">{t("factor")}</th>
            <th scope="col"><span className="sr-only">{t("sharesHint")}</span></th>
            <th scope="col">{t("share")}</th>
            <th scope="col">{t("rank")}</th>
          </tr>
        </thead>
        <tbody>
          {factors.map((factor, at) => (
            <tr key={factor.factor}>
              <th scope="row">
                <span className="drivers-name">
                  <span className="drivers-number" aria-hidden>{at + 1}</span>
                  <span>{name(factor.factor)}</span>
                </span>
              </th>
              <td>
                <Tooltip label={intervalOf(t, factor)}>
                  <span className="drivers-track">
                    <i className="drivers-bar" style={{ width: place(factor.lmgShare ?? 0) }} />
                    {factor.lmgShareLow !== null && factor.lmgShareHigh !== null && (
                      <i className="drivers-band" style={{ insetInlineStart: place(factor.lmgShareLow), width: place(factor.lmgShareHigh - factor.lmgShareLow) }} />
                    )}
                    <i className="drivers-even" style={{ insetInlineStart: place(even) }} />
                    <span className="sr-only">{intervalOf(t, factor)}</span>
                  </span>
                </Tooltip>
              </td>
              <td className="drivers-value"><FactorLink factor={factor.factor} name={name(factor.factor)} part="all">{formatPart(factor.lmgShare)}</FactorLink></td>
              <td className="drivers-rank">{rankOf(t, factor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
};

const intervalOf = (t: typeof driversTexts.say, { lmgShareLow, lmgShareHigh }: Driver): string => t("interval", { low: formatPart(lmgShareLow), high: formatPart(lmgShareHigh) });

const rankOf = (t: typeof driversTexts.say, { rankLow, rankHigh }: Driver): string =>
  rankLow === null || rankHigh === null ? "–" : rankLow === rankHigh ? String(rankLow) : t("rankRange", { low: String(rankLow), high: String(rankHigh) });
