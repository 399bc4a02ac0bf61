import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import type { NeedFact } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";

/** How a measure is counted and which facts it is made of, so that it can be defended. */
export const MeasureExplanation = ({ fact }: { fact: NeedFact }) => {
  const t = useTexts(needFactsTexts);
  const what = t(fact.measure, { count: fact.limit });
  return (
    <Popover width={320} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="transparent" c="dimmed" size={24} aria-label={t("explain", { what })}>
          <IconInfoCircle size={14} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={what} className="facts-explanation">
        <p>{t(`${fact.measure}_hint`)}</p>
        <p className="quiet">{fact.facts.length === 0 ? t("unmeasured") : t("madeOf", { names: fact.facts.join(", ") })}</p>
      </Popover.Dropdown>
    </Popover>
  );
};
