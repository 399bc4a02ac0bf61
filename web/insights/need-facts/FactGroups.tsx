import { Select } from "@mantine/core";
import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatP, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { useTraitNames } from "../metrics/metrics.data.ts";
import { type NeedFactGroup, type NeedFactSplit, type OpenFact, splits, useNeedFactGroups } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

/** The share of cases over the limit by place, team, people: each group against all others. */
export const FactGroups = ({ fact, query }: { fact: OpenFact; query: Query }) => {
  const t = useTexts(needFactsTexts);
  const [by, setBy] = useState<NeedFactSplit>("touchpoint");
  const [isOpened, setOpened] = useState(false);
  const traits = (useTraitNames(isOpened).data?.traits ?? []).map((name) => `trait:${name}` as const);
  const groups = useNeedFactGroups({ ...query, measure: fact.measure, by });
  const all: readonly NeedFactSplit[] = [...splits, ...traits];
  return (
    <section aria-label={t("groupsTitle")}>
      <div className="facts-head">
        <h3>{t("groupsTitle")}</h3>
        <Select size="xs" w={170} aria-label={t("splitBy")} searchable allowDeselect={false} value={by} onDropdownOpen={() => setOpened(true)} data={all.map((value) => ({ value, label: nameOfSplit(value) }))}
          onChange={(value) => setBy(all.find((known) => known === value) ?? "touchpoint")} />
      </div>
      {groups.isPending ? <Loading kind="rows" rows={4} /> : groups.isError ? <ErrorState error={groups.error} onRetry={() => void groups.refetch()} /> : groups.data.groups.length === 0 ? (
        <p className="quiet">{t("noGroups")}</p>
      ) : (
        <div className="facts-scroll" tabIndex={0} role="group" aria-label={t("groupsTitle")}>
          <table className="facts facts-groups" aria-label={t("groupsTitle")}>
            <thead>
              <tr>
                <th scope="col">{nameOfSplit(by)}</th>
                <th scope="col" className="facts-number">{t("cases")}</th>
                <th scope="col" className="facts-number">{t("over")}</th>
                <th scope="col" className="facts-number">{t("versusRest")}</th>
              </tr>
            </thead>
            <tbody>
              {groups.data.groups.map((group) => <GroupRow key={group.value ?? ""} by={by} group={group} />)}
            </tbody>
          </table>
        </div>
      )}
      <p className="quiet facts-help">
        {t("groupsHint")} {groups.data !== undefined && groups.data.hiddenGroups > 0 && t("groupsHidden", { count: groups.data.hiddenGroups })}{" "}
        {groups.data !== undefined && groups.data.groupsLeftOut > 0 && t("groupsLeftOut", { count: groups.data.groupsLeftOut })}
      </p>
    </section>
  );
};

const GroupRow = ({ by, group }: { by: NeedFactSplit; group: NeedFactGroup }) => {
  const t = useTexts(needFactsTexts);
  const { count, over, versusRest } = group;
  const points = versusRest === null ? "" : formatNumber(Math.abs(100 * versusRest.difference), 1);
  return (
    <tr>
      <th scope="row">{nameOfGroup(by, group)}</th>
      <td className="facts-number">{formatNumber(count)}</td>
      <td className="facts-number">
        <b>{formatShare(over.share, 1)}</b> {over.low !== null && over.high !== null && <small className="quiet">{t("interval", { low: formatShare(over.low), high: formatShare(over.high) })}</small>}
      </td>
      <td className="facts-number">
        {versusRest === null ? <span className="quiet">–</span> : versusRest.isDifferent ? (
          <span className={versusRest.difference > 0 ? "facts-worse" : "facts-better"} title={formatP(versusRest.p)}>{t(versusRest.difference > 0 ? "moreThanRest" : "lessThanRest", { points })}</span>
        ) : <span className="quiet" title={formatP(versusRest.p)}>{t("likeRest")}</span>}
      </td>
    </tr>
  );
};
