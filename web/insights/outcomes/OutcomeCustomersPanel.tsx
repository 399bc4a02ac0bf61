import { Button, SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { formatMoney } from "../../ui/numbers.ts";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { nameGroup } from "./outcome-words.ts";
import { type ChoicesReply, useOutcomeCustomers } from "./outcomes.data.ts";
import { type OutcomesSearch, toCustomersQuery } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

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

/** Customers with what they bought, page by page. */
export const OutcomePeople = ({ people, currency }: { people: ReturnType<typeof useOutcomeCustomers>; currency: string | null }) => {
  const t = useTexts(outcomesTexts);
  if (people.isPending) return <Loading kind="rows" rows={10} />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  const items = people.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="quiet">{t("customersNone")}</p>;
  return (
    <>
      <ul className="outcome-people">
        {items.map(({ id, name, purchases, amount }) => (
          <li key={id}>
            <Link to="/customers/$customerId" params={{ customerId: id }}>{name ?? t("unnamed")}</Link>
            <span className="quiet">{purchases === 0 ? t("boughtNot") : t("boughtAgain", { count: purchases })}</span>
            <b>{amount === null || purchases === 0 ? "" : formatMoney(amount, currency)}</b>
          </li>
        ))}
      </ul>
      {people.hasNextPage && <Button variant="default" fullWidth loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>{t("loadMore")}</Button>}
    </>
  );
};
