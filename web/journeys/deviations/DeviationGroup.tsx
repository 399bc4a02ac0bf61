import { Button, Tooltip } from "@mantine/core";
import { Card } from "../../ui/Card.tsx";
import { useFirstRows } from "../../ui/first-rows.tsx";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Deviation, DeviationKind } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";
import { type Effect, formatEffect, isShare, readEffects } from "./effects.ts";
import { KindMark } from "./KindMark.tsx";

/** `more`: rarer ones of the kind that are not told. `currency`: that of revenue. */
type DeviationGroupProps = { kind: DeviationKind; deviations: readonly Deviation[]; more: number; currency: string | null; onOpen: (part: string) => void };

/** Deviations of one kind, the most frequent first, each sized, with what goes with it. */
export const DeviationGroup = ({ kind, deviations, more, currency, onOpen }: DeviationGroupProps) => {
  const t = useTexts(deviationsTexts);
  const [shown, button] = useFirstRows(deviations);
  return (
    <Card span={6} title={<span className="deviations-kind"><KindMark kind={kind} /> {t(`kind_${kind}`)}</span>} subtitle={t(`kindHint_${kind}`)}>
      {deviations.length === 0 ? <p className="quiet">{t(`none_${kind}`)}</p> : (
        <ul className="deviations-rows">
          {shown.map((deviation) => ({ deviation, name: deviation.ways.length > 0 ? t("oneOf", { names: deviation.name }) : deviation.name })).map(({ deviation, name }) => (
            <li key={deviation.part}>
              <div className="deviations-row">
                <strong>{name}</strong>
                <span className="deviations-count">{t("cases", { count: deviation.cases, share: formatShare(deviation.share, deviation.share < 0.1 ? 1 : 0) })}</span>
                <Button variant="subtle" size="compact-xs" aria-label={t("openCasesOf", { kind: t(`kind_${kind}`), name })} onClick={() => onOpen(deviation.part)}>{t("openCases")}</Button>
              </div>
              <span className="deviations-track" aria-hidden><i className={`deviations-bar deviations-${kind}`} style={{ width: `${Math.max(0.5, deviation.share * 100)}%` }} /></span>
              <Effects deviation={deviation} currency={currency} />
            </li>
          ))}
        </ul>
      )}
      {button}
      {more > 0 && shown.length === deviations.length && <p className="quiet">{t("moreOfKind", { count: more })}</p>}
    </Card>
  );
};

const Effects = ({ deviation, currency }: { deviation: Deviation; currency: string | null }) => {
  const t = useTexts(deviationsTexts);
  const { sure, unsure } = readEffects(deviation);
  if (sure.length + unsure.length === 0) return <p className="deviations-unsure">{t("enough")}</p>;
  return (
    <>
      {sure.length > 0 && <ul className="deviations-effects">{sure.map((effect) => <li key={effect.name}><EffectMark effect={effect} currency={currency} /></li>)}</ul>}
      {unsure.length > 0 && <p className="deviations-unsure">{t("noDifference", { names: unsure.map((name) => t(`effect_${name}`)).join(", ") })}</p>}
    </>
  );
};

const EffectMark = ({ effect: { name, compared, isBad }, currency }: { effect: Effect; currency: string | null }) => {
  const t = useTexts(deviationsTexts);
  const say = (value: number): string => (isShare(name) ? t("pointsOf", { value: formatEffect(name, value, currency) }) : formatEffect(name, value, currency));
  const whole = t("interval", { name: t(`effect_${name}`), value: say(compared.difference), low: say(compared.low), high: say(compared.high), with: compared.with, without: compared.without });
  return (
    <Tooltip label={whole} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <span className={isBad ? "deviations-bad" : "deviations-good"} tabIndex={0} role="note" aria-label={whole}>{t(`effect_${name}`)} {say(compared.difference)}</span>
    </Tooltip>
  );
};
