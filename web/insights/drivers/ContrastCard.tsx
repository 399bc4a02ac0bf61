import { Card } from "../../ui/Card.tsx";
import { formatChange } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FactorLink } from "./FactorLink.tsx";

type Contrast = NonNullable<Driver["contrast"]>;
type ContrastCardProps = { factors: readonly Driver[]; name: Naming };

/** What a low and a high rating of each factor go with: a line through all ratings would hide where bad hurts more than good helps. */
export const ContrastCard = ({ factors, name }: ContrastCardProps) => {
  const t = useTexts(driversTexts);
  const effects = factors.flatMap(({ contrast }) => (contrast === null ? [] : [contrast.penalty, contrast.reward]));
  if (effects.length === 0) return null;
  const most = Math.max(...effects.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 1e-9);
  return (
    <Card span={12} title={t("contrastTitle")} subtitle={t("contrastHint")}>
      <div className="drivers-scroll" role="group" aria-label={t("contrastLabel")} tabIndex={0}>
        <table className="drivers-contrast" aria-label={t("contrastLabel")}>
          <thead>
            <tr>
              <th scope="col">{t("factor")}</th>
              <th scope="col">{t("penalty")}</th>
              <th scope="col">{t("reward")}</th>
              <th scope="col">{t("shape")}</th>
            </tr>
          </thead>
          <tbody>
            {factors.map(({ factor, contrast }) => (
              <tr key={factor}>
                <th scope="row">{name(factor)}</th>
                {contrast === null ? (
                  <td colSpan={3} className="quiet">{t("noContrast")}</td>
                ) : (
                  <>
                    <Effect effect={contrast.penalty} most={most} tone="bad" factor={factor} name={name(factor)} />
                    <Effect effect={contrast.reward} most={most} tone="good" factor={factor} name={name(factor)} />
                    <td className={contrast.shape === "even" ? "quiet" : "drivers-shape"}>{t(contrast.shape)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
};

type EffectProps = { effect: Contrast["penalty"]; most: number; tone: "good" | "bad"; factor: string; name: string };

const Effect = ({ effect, most, tone, factor, name }: EffectProps) => {
  const t = useTexts(driversTexts);
  const [value, low, high] = [effect.effect, effect.low, effect.high].map((number) => formatChange(number, 2));
  return (
    <td>
      <span className="drivers-effect">
        <b>{value}</b>
        <small>{t("effectInterval", { low: low ?? "", high: high ?? "" })} · <FactorLink factor={factor} name={name} part={tone === "bad" ? "low" : "high"}>{t("answersBehind", { count: effect.n })}</FactorLink></small>
        <span className="drivers-effect-track" aria-hidden>
          <i className={`tone-${tone}`} style={{ width: `${(100 * Math.abs(effect.effect)) / most}%` }} />
        </span>
      </span>
    </td>
  );
};
