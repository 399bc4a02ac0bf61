import { TextInput, UnstyledButton } from "@mantine/core";
import { useDeferredValue, useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import { type Found, useCustomerSearch } from "./maps.data.ts";

type CustomerPickerProps = { label: string; offered?: { title: string; customers: readonly Found[] } | undefined; onTake: (customer: Found) => void };

/** Finds a customer by what a member types.
 *  `offered`: whom to choose from before anything is typed. */
export const CustomerPicker = ({ label, offered, onTake }: CustomerPickerProps) => {
  const t = useTexts(mapTexts);
  const [search, setSearch] = useState("");
  const found = useCustomerSearch(useDeferredValue(search));
  const isAsking = search.trim().length > 1;
  const items = isAsking ? (found.data?.items ?? []) : (offered?.customers ?? []);
  return (
    <div>
      <TextInput data-autofocus label={label} placeholder={t("searchCustomer")} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {!isAsking && offered !== undefined && items.length > 0 && <p className="quiet">{offered.title}</p>}
      <ul className={classes.found}>
        {items.map((customer) => (
          <li key={customer.id}><UnstyledButton className="choice" onClick={() => onTake(customer)}><span>{customer.name} {customer.email !== null && <span className="quiet">{customer.email}</span>}</span></UnstyledButton></li>
        ))}
      </ul>
      {isAsking && found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {isAsking && found.data !== undefined && items.length === 0 && <p className="quiet" role="status">{t("noCustomer")}</p>}
    </div>
  );
};
