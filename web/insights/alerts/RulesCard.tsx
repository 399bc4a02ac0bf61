import { Switch } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useSession } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatDayWithYear, formatMoment, isoDay } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { type Rule, type RulesReply, switchRule } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { RuleDeliveries } from "./RuleDeliveries.tsx";
import { SnoozeMenu } from "./SnoozeMenu.tsx";

type RulesCardProps = { state: UseQueryResult<RulesReply>; mayEdit: boolean; onEdit: (id: string) => void };

/** What is watched, how often it told something, and whether that was useful. */
export const RulesCard = ({ state, mayEdit, onEdit }: RulesCardProps) => {
  const t = useTexts(alertsTexts);
  return (
    <Card span={12} title={t("rulesTitle")} subtitle={t("rulesHint")}>
      {state.isPending ? (
        <Loading kind="rows" rows={5} />
      ) : state.isError ? (
        <ErrorState error={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <>
          <RulesPromise {...state.data} />
          <ul className="rule-list">
            {state.data.items.map((rule) => (
              <RuleItem key={rule.id} rule={rule} mayEdit={mayEdit} onEdit={onEdit} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};

/** Each rule promises a rate of its own; whoever makes many gets what they come to together. */
const RulesPromise = ({ items, falseAlarmsPerYear: rate }: RulesReply) => {
  const t = useTexts(alertsTexts);
  const count = items.filter(({ isOn }) => isOn).length;
  if (count === 0) return null;
  const alarms = rate === 0.5 ? t("rulesAlarmsTwoYears") : rate === 1 ? t("rulesAlarmsOne") : t("rulesAlarms", { rate: formatNumber(rate, Number.isInteger(rate) ? 0 : 1) });
  return <p className="quiet">{t("rulesPromise", { count, alarms })}</p>;
};

/** Rules of days have looked until midnight, which nobody reads as "yesterday is in it". */
const sayLookedAt = (t: Translate<(typeof alertsTexts)["words"]>, until: Date, timeZone: string): string => {
  const last = new Date(until.getTime() - 1);
  return isoDay(last, timeZone) === isoDay(until, timeZone) ? t("lookedAt", { day: formatMoment(until, timeZone) }) : t("lookedAtDays", { day: formatDayWithYear(last, timeZone) });
};

const RuleItem = ({ rule, mayEdit, onEdit }: { rule: Rule; mayEdit: boolean; onEdit: (id: string) => void }) => {
  const t = useTexts(alertsTexts);
  const { timeZone } = useSession().workspace;
  const { raised: { count, useful, notUseful }, precision } = rule;
  const facts = [
    count === 0 ? t("toldNever") : t("told", { count }),
    precision === null ? t("noOpinions") : t("precision", { useful, count: useful + notUseful, low: formatShare(precision.low), high: formatShare(precision.high) }),
    rule.lookedAt === null ? t("notLooked") : sayLookedAt(t, new Date(rule.lookedAt), timeZone),
    ...(rule.snoozedUntil === null ? [] : [t("snoozed", { day: formatDayWithYear(new Date(rule.snoozedUntil), timeZone) })]),
  ];
  return (
    <li className={rule.isOn ? "" : "rule-off"}>
      <Switch size="sm" checked={rule.isOn} disabled={!mayEdit} aria-label={t("ruleOn", { name: rule.name })} onChange={(event) => void switchRule(rule.id, event.currentTarget.checked).catch(notifyFailed)} />
      <div className="rule-words">
        {mayEdit ? (
          <button type="button" className="rule-name" aria-label={t("editRule", { name: rule.name })} onClick={() => onEdit(rule.id)}>
            {rule.name}
          </button>
        ) : (
          <strong>{rule.name}</strong>
        )}
        <p>{rule.words}</p>
        <p className="rule-facts">{facts.join(" · ")}</p>
        {rule.turned !== null && <p className="rule-facts">{t("ruleTurned", { day: formatDayWithYear(new Date(rule.turned.at), timeZone), before: rule.turned.before, after: rule.turned.after })}</p>}
        <RuleDeliveries rule={rule} mayEdit={mayEdit} />
      </div>
      {mayEdit && rule.isOn && <SnoozeMenu ruleId={rule.id} name={rule.name} snoozedUntil={rule.snoozedUntil} />}
    </li>
  );
};
