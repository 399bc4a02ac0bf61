import { NumberInput, Slider } from "@mantine/core";
import { usualDiscount, valueOfMoving } from "@firsthand/server/insights/outcomes/value.rules";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { Card } from "../../ui/Card.tsx";
import { formatChange, formatMoney, formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameGroup } from "./outcome-words.ts";
import type { GroupsReply } from "./outcomes.data.ts";
import type { Grouping, OutcomesSearch } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

type ValueCardProps = { groups: GroupsReply; search: OutcomesSearch; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };

/** What moving customers from the worst group to the best may be worth: the company's own numbers, break-even first, with their range. */
export const ValueCard = ({ groups, search, onChange }: ValueCardProps) => {
  const t = useTexts(outcomesTexts);
  const { contrast, counting, daysWatched } = groups;
  const days = Math.round(daysWatched);
  const worse = groups.groups.find(({ name }) => name === contrast?.worse);
  return (
    <Card span={5} title={t("valueTitle")} subtitle={t("valueHint", { count: days })}>
      {contrast === null || contrast.amount === null || worse === undefined ? <p className="quiet">{t("noValue")}</p> : (
        <>
          <p className="outcome-note"><Link to="." resetScroll={false} search={(before: object) => ({ ...before, open: worse.name, again: undefined, cohort: undefined, curve: undefined })}>{t("valueOpen", { count: worse.count, group: nameGroup(search.by, worse.name) })}</Link></p>
          <Inputs by={search.by} worse={contrast.worse} search={search} onChange={onChange} />
          <Answer search={search} people={worse.count} contrast={{ ...contrast, amount: contrast.amount }} currency={counting.currency} days={days} />
        </>
      )}
    </Card>
  );
};

const Inputs = ({ by, worse, search, onChange }: { by: Grouping; worse: string; search: OutcomesSearch; onChange: ValueCardProps["onChange"] }) => {
  const t = useTexts(outcomesTexts);
  const id = useId();
  const usual = 100 * usualDiscount;
  return (
    <div className="outcome-inputs">
      <NumberInput label={t("moved", { worse: nameGroup(by, worse) })} value={search.movedPercent} min={0} max={100} suffix="%" clampBehavior="strict" onChange={(value) => onChange({ moved: String(value) })} />
      <NumberInput label={t("cost")} description={t("costHint")} value={search.cost ?? ""} min={0} thousandSeparator="," clampBehavior="strict" onChange={(value) => onChange({ cost: value === "" ? undefined : String(value) })} />
      <div className="outcome-slider">
        <span id={id}>{t("discount")}: <b>{formatShare(search.discountPercent / 100)}</b></span>
        <Slider value={search.discountPercent} min={0} max={90} step={5} label={null} thumbProps={{ "aria-labelledby": id }} marks={[{ value: 30 }, { value: 50 }]} onChange={(value) => onChange({ discount: value === usual ? undefined : String(value) })} />
        <small className="quiet">{t("discountHint")}</small>
      </div>
    </div>
  );
};

type Contrast = { better: string; worse: string; amount: { difference: number; low: number; high: number } };

const Answer = ({ search, people, contrast, currency, days }: { search: OutcomesSearch; people: number; contrast: Contrast; currency: string | null; days: number }) => {
  const t = useTexts(outcomesTexts);
  const { amount } = contrast;
  const [share, discount] = [search.movedPercent / 100, search.discountPercent / 100];
  const value = valueOfMoving({ people, difference: { mean: amount.difference, low: amount.low, high: amount.high }, share, discount, cost: search.cost });
  const [better, worse] = [nameGroup(search.by, contrast.better), nameGroup(search.by, contrast.worse)];
  const breakEven =
    amount.difference <= 0 ? t("breakEvenNever", { better })
    : value.breakEven === null ? t("breakEvenNone")
    : value.breakEven.share > 1 ? t("breakEvenBeyond")
    : t("breakEvenIs", { n: formatNumber(Math.ceil(value.breakEven.people)), all: formatNumber(people), worse, share: formatShare(value.breakEven.share, 1) });
  const money = (sum: number): string => formatMoney(sum, currency);
  return (
    <dl className="outcome-answer" aria-live="polite">
      <dt>{t("breakEven")}</dt>
      <dd>{breakEven}</dd>
      <dt>{t("worth", { count: days })}</dt>
      <dd>
        <b>{money(value.value)}</b>
        <small>{t("range", { low: money(value.low), high: money(value.high) })}</small>
      </dd>
      {value.returned !== null && <><dt>{t("returned")}</dt><dd>{formatChange(100 * value.returned)}%</dd></>}
      <dd className="outcome-sum">
        {t("valueSum", { n: formatNumber(value.moved, value.moved < 10 ? 1 : 0), difference: money(amount.difference), low: money(amount.low), high: money(amount.high), kept: formatShare(1 - discount) })}
        {value.low < 0 && <em> {t("uncertain")}</em>}
      </dd>
    </dl>
  );
};
