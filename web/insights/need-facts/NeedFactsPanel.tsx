import { Button, SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { FactCases } from "./FactCases.tsx";
import { FactCourse } from "./FactCourse.tsx";
import { FactGroups } from "./FactGroups.tsx";
import { type OpenFact, useNeedFactCases } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

/** `head`: what the measure is narrowed to, beyond the screen. */
type NeedFactsPanelProps = { measure: OpenFact | null; period: Query; onClose: () => void; head?: ReactNode };

/** A measure over time, by groups, and the cases behind it, worst first. Its address can be mailed. */
export const NeedFactsPanel = ({ measure, period, onClose, head = null }: NeedFactsPanelProps) => {
  const t = useTexts(needFactsTexts);
  return (
    <SidePanel isOpen={measure !== null} onClose={onClose} width={560} title={measure === null ? "" : t(measure.measure, { count: measure.limit })}>
      {measure !== null && (
        <div key={measure.measure}>
          {head}
          <FactCourse fact={measure} query={period} />
          <FactGroups fact={measure} query={period} />
          <h3 className="facts-head">{t("casesTitle")}</h3>
          <Cases fact={measure} period={period} />
        </div>
      )}
    </SidePanel>
  );
};

const Cases = ({ fact, period }: { fact: OpenFact; period: Query }) => {
  const t = useTexts(needFactsTexts);
  const [over, setOver] = useState("true");
  const cases = useNeedFactCases({ ...period, measure: fact.measure, over });
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SegmentedControl size="xs" fullWidth aria-label={t("cases")} value={over} onChange={setOver} data={[{ value: "true", label: t("panelOver") }, { value: "false", label: t("panelAll") }]} />
      {cases.isPending ? <Loading kind="rows" rows={10} /> : cases.isError ? <ErrorState error={cases.error} onRetry={() => void cases.refetch()} /> : items.length === 0 ? <p className="quiet">{t("none")}</p> : <FactCases fact={fact} items={items} label={t("casesTitle")} />}
      {cases.hasNextPage && <Button variant="default" fullWidth loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>{t("loadMore")}</Button>}
    </>
  );
};
