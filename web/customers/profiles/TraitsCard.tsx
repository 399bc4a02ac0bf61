import { ActionIcon, Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { CustomerTrait } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";
import { TraitPanel } from "./TraitPanel.tsx";
import { shownValue } from "./trait-values.ts";
import classes from "./TraitsCard.module.css";

type TraitsCardProps = { customerId: string; traits: readonly CustomerTrait[] };

/** What is known about a customer, each with its history behind it. */
export const TraitsCard = ({ customerId, traits }: TraitsCardProps) => {
  const t = useTexts(profilesTexts);
  const canWrite = useAbility("customers.write");
  const [open, setOpen] = useState<{ name: string } | null>(null);
  const trait = traits.find(({ name }) => name === open?.name) ?? null;
  return (
    <Card
      title={t("traits")}
      aside={canWrite ? <Button variant="subtle" size="compact-xs" onClick={() => setOpen({ name: "" })}>{t("newTrait")}</Button> : undefined}
    >
      {traits.length === 0 && <p className="quiet">{t("traitsNone")}</p>}
      <dl className={classes.traits}>
        {traits.map(({ name, value, source }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span dir="auto">{shownValue(value)}</span> {source === "manual" && <small className="quiet">{t("source_manual")}</small>}
              <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("historyOpen", { name })} onClick={() => setOpen({ name })}>
                <IconHistory size={15} aria-hidden />
              </ActionIcon>
            </dd>
          </div>
        ))}
      </dl>
      <TraitPanel key={open?.name ?? "closed"} customerId={customerId} trait={trait} isOpen={open !== null} onClose={() => setOpen(null)} />
    </Card>
  );
};
