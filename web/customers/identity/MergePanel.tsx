import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./IdentityCard.module.css";
import { useCustomerChoice } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";

type MergePanelProps = { customerId: string; isOpen: boolean; onClose: () => void; onChoose: (otherId: string) => void };

/** Finds the other customer to merge with. */
export const MergePanel = ({ customerId, isOpen, onClose, onChoose }: MergePanelProps) => {
  const t = useTexts(identityTexts);
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text, 200);
  const found = useCustomerChoice(search);
  const others = found.data?.items.filter((row) => row.id !== customerId) ?? [];
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={t("merge")}>
      <TextInput type="search" maxLength={200} label={t("mergeSearch")} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      {found.isSuccess && others.length === 0 && <p className="quiet">{t("mergeNone")}</p>}
      <ul className={classes.found}>
        {others.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onChoose(row.id)}>
              {row.name}
              <small>
                {row.email !== null && `${row.email} · `}
                {t("interactions", { count: row.interactions })}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
};
