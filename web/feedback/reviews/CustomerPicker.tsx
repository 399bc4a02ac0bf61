import { Button, TextInput } from "@mantine/core";
import { useDeferredValue, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./ReviewPanel.module.css";
import { useCustomerSearch } from "./reviews.data.ts";
import { reviewsTexts } from "./reviews.texts.ts";

type Props = { label: string; hint: string; start?: string; takeLabel: string; onTake: (customer: { id: string; name: string }) => void };

/** Finds a customer by what a member types. */
export const CustomerPicker = ({ label, hint, start = "", takeLabel, onTake }: Props) => {
  const t = useTexts(reviewsTexts);
  const [search, setSearch] = useState(start);
  const found = useCustomerSearch(useDeferredValue(search));
  const items = search.trim().length > 1 ? (found.data?.items ?? []) : [];
  return (
    <>
      <TextInput label={label} description={hint} placeholder={t("searchCustomer")} value={search} onChange={(event) => setSearch(event.currentTarget.value)} mt="xs" data-autofocus />
      <ul className={classes.found}>
        {items.map((customer) => (
          <li key={customer.id} className={classes.row}>
            <span>{customer.name}{customer.email !== null && <span className="quiet"> {customer.email}</span>}</span>
            <Button variant="default" size="compact-xs" onClick={() => onTake({ id: customer.id, name: customer.name })} aria-label={`${takeLabel}: ${customer.name}`}>{takeLabel}</Button>
          </li>
        ))}
      </ul>
      {search.trim().length > 1 && found.data !== undefined && items.length === 0 && <p className="quiet" role="status">{t("noCustomer")}</p>}
    </>
  );
};
