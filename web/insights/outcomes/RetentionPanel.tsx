import { SegmentedControl } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { OutcomePeople } from "./OutcomeCustomersPanel.tsx";
import { nameCohort, nameGroup } from "./outcome-words.ts";
import { type ChoicesReply, useCohortCustomers, useCurveCustomers } from "./outcomes.data.ts";
import { type OutcomesSearch, toCohortCustomersQuery, toCurveCustomersQuery } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";
import { PeopleList } from "./PeopleList.tsx";

type RetentionPanelProps = { search: OutcomesSearch; choices: ChoicesReply; currency: string | null; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };

/** The customers behind a cell of the cohorts, or behind a curve on a day. Its address can be mailed. */
export const RetentionPanel = ({ search, choices, currency, onChange }: RetentionPanelProps) => {
  const t = useTexts(outcomesTexts);
  const { cohort, curve, bucket, by, isGrouped } = search;
  const title =
    cohort !== null && cohort.start === null ? t("cohortAllPeople", { unit: t(bucket).toLowerCase(), n: cohort.number })
    : cohort !== null && cohort.start !== null ? t("cohortPeople", { start: nameCohort(bucket, cohort.start), unit: t(bucket).toLowerCase(), n: cohort.number })
    : curve !== null ? t("curvePeople", { group: isGrouped ? nameGroup(by, curve.group === "" ? null : curve.group) : t("all"), n: curve.day })
    : "";
  return (
    <SidePanel isOpen={cohort !== null || curve !== null} onClose={() => onChange({ cohort: undefined, step: undefined, curve: undefined, day: undefined, again: undefined, gone: undefined })} title={title}>
      {cohort !== null && (
        <>
          <SegmentedControl size="xs" fullWidth aria-label={t("again")} value={search.again ?? "true"} onChange={(again) => onChange({ again })} data={[{ value: "true", label: t("onlyAgain") }, { value: "false", label: t("onlyNot") }]} />
          <CohortPeople query={toCohortCustomersQuery(search, cohort, choices)} currency={currency} />
        </>
      )}
      {cohort === null && curve !== null && (
        <>
          <SegmentedControl size="xs" fullWidth aria-label={t("survivalTitle")} value={search.isGone ? "yes" : "no"} onChange={(gone) => onChange({ gone: gone === "yes" ? "yes" : undefined })} data={[{ value: "no", label: t("stillWatched") }, { value: "yes", label: t("goneBy") }]} />
          <CurvePeople query={toCurveCustomersQuery(search, curve, choices)} />
        </>
      )}
    </SidePanel>
  );
};

const CohortPeople = ({ query, currency }: { query: Query; currency: string | null }) => <OutcomePeople people={useCohortCustomers(query)} currency={currency} />;

const CurvePeople = ({ query }: { query: Query }) => {
  const t = useTexts(outcomesTexts);
  return <PeopleList people={useCurveCustomers(query)} tell={({ days, hasLeft }) => <span className="quiet">{t(hasLeft ? "leftAfter" : "watchedFor", { count: days })}</span>} />;
};
