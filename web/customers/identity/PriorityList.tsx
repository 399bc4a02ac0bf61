import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useId } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { RankedKind } from "./identity.data.ts";
import { identityTexts } from "./identity.texts.ts";
import classes from "./PriorityList.module.css";

type PriorityListProps = { kinds: readonly RankedKind[]; isReadOnly: boolean; onChange: (kinds: RankedKind[]) => void };

/** Kinds of identifiers in the order in which they count, each moved by its arrows. */
export const PriorityList = ({ kinds, isReadOnly, onChange }: PriorityListProps) => {
  const t = useTexts(identityTexts);
  const id = useId();
  return (
    <div>
      <p className="field-label" id={id}>{t("rulesPriority")}</p>
      <p className="card-subtitle" id={`${id}-hint`}>{t("rulesPriorityHint")}</p>
      <ol className={classes.list} aria-labelledby={id} aria-describedby={`${id}-hint`}>
        {kinds.map((kind, index) => (
          <li key={kind}>
            <span>{index + 1}. {t(`most_${kind}`)}</span>
            {!isReadOnly && (
              <span>
                <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("earlier", { kind: t(`most_${kind}`) })} disabled={index === 0} onClick={() => onChange(swapped(kinds, index - 1))}>
                  <IconArrowUp size={15} aria-hidden />
                </ActionIcon>
                <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("later", { kind: t(`most_${kind}`) })} disabled={index === kinds.length - 1} onClick={() => onChange(swapped(kinds, index))}>
                  <IconArrowDown size={15} aria-hidden />
                </ActionIcon>
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
};

/** The same kinds with the one at `index` and the one after it in each other's place. */
const swapped = (kinds: readonly RankedKind[], index: number): RankedKind[] =>
  [...kinds.slice(0, index), ...kinds.slice(index, index + 2).reverse(), ...kinds.slice(index + 2)];
