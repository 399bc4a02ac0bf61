import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/Card.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatMoney, formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameGroup, sayChance, toneOf } from "./outcome-words.ts";
import { OutcomesDefinition } from "./OutcomesDefinition.tsx";
import type { GroupsReply, OutcomeGroup } from "./outcomes.data.ts";
import type { Grouping } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

type GroupsCardProps = { groups: GroupsReply; by: Grouping };

const few = 30;
const alpha = 0.05;

/** What customers of each group did afterwards, with intervals, and what may be said of the difference. */
export const GroupsCard = ({ groups, by }: GroupsCardProps) => {
  const t = useTexts(outcomesTexts);
  const said = groups.groups.filter(({ name }) => name !== "none" && name !== "");
  const days = { from: formatDayWithYear(new Date(groups.period.from)), to: formatDayWithYear(new Date(Date.parse(groups.period.to) - 1)), count: Math.round(groups.daysWatched) };
  return (
    <Card span={12} title={t("groupsTitle")} subtitle={t(by.startsWith("trait:") ? "groupsHintTrait" : "groupsHint", days)} aside={<OutcomesDefinition />}>
      {said.length === 0 ? <p className="quiet">{t("noGroups")}</p> : (
        <>
          <GroupsTable groups={groups} by={by} />
          <Findings groups={groups} by={by} />
        </>
      )}
    </Card>
  );
};

const GroupsTable = ({ groups, by }: GroupsCardProps) => {
  const t = useTexts(outcomesTexts);
  const { amount, currency } = groups.counting;
  const { adjustment } = groups;
  const widest = Math.max(0.01, ...groups.groups.flatMap(({ again }) => [again?.high ?? 0]));
  return (
    <div className="outcome-scroll" tabIndex={0} role="region" aria-label={t("groupsTable")}>
      <table className="outcome-groups">
        <thead>
          <tr>
            <th scope="col">{t("group")}</th>
            <th scope="col" className="outcome-number">{t("customers")}</th>
            <th scope="col">{t("again")}</th>
            {adjustment !== null && <th scope="col" className="outcome-number">{t("adjusted", { name: adjustment.trait })}</th>}
            {amount !== null && <th scope="col" className="outcome-number">{t("spent")}</th>}
            {amount !== null && <th scope="col" className="outcome-number">{t("median")}</th>}
          </tr>
        </thead>
        <tbody>
          {groups.groups.map((group, place) => (
            <tr key={group.name} className={group.count < few ? "outcome-faint" : undefined}>
              <th scope="row">
                <i className={`outcome-key outcome-tone-${toneOf(by, group.name === "none" ? null : group.name, place)}`} aria-hidden />
                {nameGroup(by, group.name)}
                {group.count < few && !group.isHidden && <small className="quiet"> {t("few")}</small>}
              </th>
              <td className="outcome-number">
                {group.isHidden ? formatNumber(group.count) : (
                  <Link to="." resetScroll={false} search={(before: object) => ({ ...before, open: group.name, again: undefined })} aria-label={t("open", { count: group.count, group: nameGroup(by, group.name) })}>
                    {formatNumber(group.count)}
                  </Link>
                )}
              </td>
              {group.isHidden ? <td colSpan={5} className="quiet">{t("hidden")}</td> : (
                <>
                  <AgainCell group={group} widest={widest} />
                  {adjustment !== null && <td className="outcome-number">{group.adjusted === null ? "–" : <>{formatShare(group.adjusted.share, 1)}<Between low={group.adjusted.low} high={group.adjusted.high} format={(value) => formatShare(value, 1)} /></>}</td>}
                  {amount !== null && <td className="outcome-number">{group.amount === null ? "–" : <>{formatMoney(group.amount.mean, currency)}<Between low={group.amount.low} high={group.amount.high} format={(value) => formatMoney(value, currency)} /></>}</td>}
                  {amount !== null && <td className="outcome-number quiet">{group.amount === null ? "–" : formatMoney(group.amount.median, currency)}</td>}
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const AgainCell = ({ group: { again }, widest }: { group: OutcomeGroup; widest: number }) => {
  if (again === null) return <td>–</td>;
  const place = (share: number): string => `${(100 * share) / widest}%`;
  return (
    <td className="outcome-again">
      <span className="outcome-track" aria-hidden>
        <i className="outcome-bar" style={{ width: place(again.share) }} />
        {again.low !== null && again.high !== null && <i className="outcome-range" style={{ insetInlineStart: place(again.low), width: place(again.high - again.low) }} />}
      </span>
      <span className="outcome-share">{formatShare(again.share, 1)}<Between low={again.low} high={again.high} format={(value) => formatShare(value, 1)} /></span>
    </td>
  );
};

const Between = ({ low, high, format }: { low: number | null; high: number | null; format: (value: number) => string }) => {
  const t = useTexts(outcomesTexts);
  return low === null || high === null ? null : <small className="outcome-between">{t("interval", { low: format(low), high: format(high) })}</small>;
};

const Findings = ({ groups, by }: GroupsCardProps) => {
  const t = useTexts(outcomesTexts);
  const { tests, contrast, adjustment, otherCurrencies, daysWatched, counting } = groups;
  return (
    <ul className="outcome-findings">
      {tests.again !== null && <li>{t(tests.again.p < alpha ? "differs" : "differsNot", { p: sayChance(tests.again.p) })} {tests.amount !== null && t(tests.amount.p < alpha ? "amountsDiffer" : "amountsDifferNot", { p: sayChance(tests.amount.p) })}</li>}
      {adjustment !== null && contrast?.odds != null && (
        <li>
          {t("odds", { name: adjustment.trait, better: nameGroup(by, contrast.better), worse: nameGroup(by, contrast.worse), ratio: formatNumber(contrast.odds.ratio, 2), low: formatNumber(contrast.odds.low, 2), high: formatNumber(contrast.odds.high, 2) })}
          {adjustment.leftOut > 0.005 && ` ${t("leftOut", { share: formatShare(adjustment.leftOut) })}`}
        </li>
      )}
      {daysWatched <= counting.days - 1 && <li>{t("cutShort", { n: Math.round(daysWatched), asked: counting.days })}</li>}
      {otherCurrencies > 0 && <li>{t("otherCurrencies", { count: otherCurrencies })}</li>}
      <li className="quiet">{t("associated")}</li>
    </ul>
  );
};
