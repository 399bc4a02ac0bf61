import { Button } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { FactChange } from "./FactChange.tsx";
import { sayFactValue } from "./fact-words.ts";
import { MeasureExplanation } from "./MeasureExplanation.tsx";
import { type MeasureName, measureNames, type NeedFact, toFactQuery, useNeedFacts } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";
import { NeedFactSettingsPanel } from "./NeedFactSettingsPanel.tsx";
import { NeedFactsPanel } from "./NeedFactsPanel.tsx";
import "./need-facts.css";

const ofCommentsAlone = ["survey", "need", "sentiment", "emotion", "language", "theme", "mention", "urgent", "unsure"] as const;

const readOpen = (search: Search): { open: MeasureName | undefined; hasSettings: boolean; isOfComments: boolean } => ({
  open: measureNames.find((known) => known === search.facts), hasSettings: search.facts === "settings", isOfComments: ofCommentsAlone.some((name) => search[name] !== undefined),
});

/** What happened to customers, need by need: beside what they say. `period` is that of the screen it stands on, with what that is narrowed to; filters that
 *  are of comments alone do not count here, and it is said. */
export const NeedFactsCard = ({ period, isFiltered }: { period: Query; isFiltered: boolean }) => {
  const t = useTexts(needFactsTexts);
  const [{ open, hasSettings, isOfComments }, change] = useTypedSearch(readOpen);
  const query = toFactQuery(period);
  const facts = useNeedFacts(query);
  const measured = facts.data?.measures.filter((measure) => measure.facts.length > 0) ?? [];
  return (
    <Card span={12} title={t("title")} subtitle={t("hint")} aside={<Button variant="subtle" size="compact-sm" leftSection={<IconAdjustments size={14} aria-hidden />} onClick={() => change({ facts: "settings" })}>{t("settings")}</Button>}>
      {isFiltered && isOfComments && <p className="facts-unfiltered" role="note">{t("unfiltered")}</p>}
      {facts.isPending ? <Loading kind="rows" rows={6} /> : facts.isError ? <ErrorState error={facts.error} onRetry={() => void facts.refetch()} /> : measured.length === 0 ? <p className="quiet">{t("nothing")}</p> : <><FactsTable measures={measured} /><Unmeasured measures={facts.data.measures.filter((measure) => measure.facts.length === 0)} /></>}
      <NeedFactsPanel measure={open === undefined ? null : (measured.find(({ measure }) => measure === open) ?? null)} period={query} onClose={() => change({ facts: undefined })} />
      <NeedFactSettingsPanel isOpen={hasSettings} onClose={() => change({ facts: undefined })} />
    </Card>
  );
};

// What cannot be measured here takes no row from what can, and says how it could be.
const Unmeasured = ({ measures }: { measures: readonly NeedFact[] }) => {
  const t = useTexts(needFactsTexts);
  if (measures.length === 0) return null;
  return (
    <details className="facts-unmeasured">
      <summary>{t("unmeasured", { count: measures.length })}</summary>
      <ul>
        {measures.map((fact) => <li key={fact.measure}>{t(fact.need)}: {t(fact.measure, { count: fact.limit })} <MeasureExplanation fact={fact} /></li>)}
      </ul>
    </details>
  );
};

// Below this a share of nothing, with its interval, would fill the whole bar.
const narrowest = 0.2;

const FactsTable = ({ measures }: { measures: readonly NeedFact[] }) => {
  const t = useTexts(needFactsTexts);
  const widest = Math.max(narrowest, ...measures.map(({ over }) => over?.high ?? 0));
  return (
    <div className="facts-scroll" tabIndex={0} role="region" aria-label={t("label")}>
      <table className="facts" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col">{t("need")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col" className="facts-number">{t("cases")}</th>
            <th scope="col">{t("over")}</th>
            <th scope="col" className="facts-number">{t("middle")}</th>
            <th scope="col" className="facts-number">{t("tenth")}</th>
            <th scope="col" className="facts-number">{t("change")}</th>
          </tr>
        </thead>
        <tbody>
          {measures.map((fact, place) => (
            <tr key={fact.measure}>
              <th scope="row">{measures[place - 1]?.need === fact.need ? <span className="sr-only">{t(fact.need)}</span> : t(fact.need)}</th>
              <td className="facts-what">{t(fact.measure, { count: fact.limit })} <MeasureExplanation fact={fact} /></td>
              <FactCells fact={fact} widest={widest} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const FactCells = ({ fact, widest }: { fact: NeedFact; widest: number }) => {
  const t = useTexts(needFactsTexts);
  const { over } = fact;
  if (over === null) return <><td className="facts-number">{formatNumber(fact.count)}</td><td colSpan={4} className="quiet">{t("few")}</td></>;
  const share = formatShare(over.share, over.share > 0 && over.share < 0.1 ? 1 : 0);
  const place = (value: number): string => `${(100 * value) / widest}%`;
  const value = (number: number | null): string => (number === null ? "–" : sayFactValue(fact, number));
  return (
    <>
      <td className="facts-number" data-label={t("cases")}>{formatNumber(fact.count)}</td>
      <td className="facts-share">
        <Link to="." resetScroll={false} search={(before: object) => ({ ...before, facts: fact.measure })} className="facts-over" aria-label={t("open", { share, what: t(fact.measure, { count: fact.limit }) })}>
          <span className="facts-track" aria-hidden>
            <i className="facts-bar" style={{ width: place(over.share) }} />
            {over.low !== null && over.high !== null && <i className="facts-range" style={{ insetInlineStart: place(over.low), width: place(over.high - over.low) }} />}
          </span>
          <b title={over.low === null || over.high === null ? undefined : t("interval", { low: formatShare(over.low, 1), high: formatShare(over.high, 1) })}>{share}</b>
        </Link>
      </td>
      <td className="facts-number quiet" data-label={t("middle")}>{value(fact.median)}</td>
      <td className="facts-number quiet" data-label={t("tenth")}>{value(fact.p90)}</td>
      <td className="facts-number facts-moved"><FactChange change={fact.change} /></td>
    </>
  );
};
