import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useTexts } from "../../ui/texts.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

type Person = { id: string; name: string | null };
type PeopleListProps<Row extends Person> = {
  people: UseInfiniteQueryResult<InfiniteData<{ items: readonly Row[] }>>;
  /** What stands beside a name. */
  tell: (row: Row) => ReactNode;
};

/** Customers behind a figure, page by page. */
export const PeopleList = <Row extends Person>({ people, tell }: PeopleListProps<Row>) => {
  const t = useTexts(outcomesTexts);
  if (people.isPending) return <Loading kind="rows" rows={10} />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  const rows = people.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <p className="quiet">{t("customersNone")}</p>;
  return (
    <>
      <ul className="outcome-people">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/customers/$customerId" params={{ customerId: row.id }}>{row.name ?? t("unnamed")}</Link>
            {tell(row)}
          </li>
        ))}
      </ul>
      {people.hasNextPage && <Button variant="default" fullWidth loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>{t("loadMore")}</Button>}
    </>
  );
};
