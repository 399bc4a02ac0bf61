import { SegmentedControl } from "@mantine/core";
import type { Query } from "../../shell/api.ts";
import { formatMoney } from "../../ui/numbers.ts";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { nameGroup } from "./outcome-words.ts";
import { type ChoicesReply, useOutcomeCustomers } from "./outcomes.data.ts";
import { type OutcomesSearch, toCustomersQuery } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";
import { PeopleList } from "./PeopleList.tsx";

type OutcomeCustomersPanelProps = { search: OutcomesSearch; choices: ChoicesReply; currency: string | null; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };

/** The customers of a group and what they did afterwards. Its address can be mailed. */
export const OutcomeCustomersPanel = ({ search, choices, currency, onChange }: OutcomeCustomersPanelProps) => {
  const t = useTexts(outcomesTexts);
  const { open } = search;
  return (
    <SidePanel isOpen={open !== undefined} onClose={() => onChange({ open: undefined, again: undefined })} title={open === undefined ? "" : t("customersTitle", { group: nameGroup(search.by, open) })}>
      {open !== undefined && (
        <>
          <SegmentedControl
            size="xs" fullWidth aria-label={t("again")} value={search.again ?? "all"} onChange={(again) => onChange({ again: again === "all" ? undefined : again })}
            data={[{ value: "all", label: t("everybody") }, { value: "true", label: t("onlyAgain") }, { value: "false", label: t("onlyNot") }]}
          />
          <People query={toCustomersQuery(search, choices)} currency={currency} />
        </>
      )}
    </SidePanel>
  );
};

const People = ({ query, currency }: { query: Query; currency: string | null }) => <OutcomePeople people={useOutcomeCustomers(query)} currency={currency} />;

/** Customers with what they bought. */
export const OutcomePeople = ({ people, currency }: { people: ReturnType<typeof useOutcomeCustomers>; currency: string | null }) => {
  const t = useTexts(outcomesTexts);
  return (
    <PeopleList people={people} tell={({ purchases, amount }) => (
      <>
        <span className="quiet">{purchases === 0 ? t("boughtNot") : t("boughtAgain", { count: purchases })}</span>
        <b>{amount === null || purchases === 0 ? "" : formatMoney(amount, currency)}</b>
      </>
    )} />
  );
};
