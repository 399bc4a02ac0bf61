import { ActionIcon, Button, Select } from "@mantine/core";
import { IconArrowsShuffle, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { freeNeighbours, groupBetween } from "./shuffle.rules.ts";
import { SettingsHead } from "./SettingsHead.tsx";

/** Neighbouring questions that each person gets in another order. */
export const OrderSettings = () => {
  const t = useTexts(builderTexts);
  const { definition, patch, titleOf } = useDraft();
  const { questions, shuffle = [] } = definition;
  const free = freeNeighbours(questions, shuffle);
  const put = (index: number, first: string, last: string): void => {
    const group = groupBetween(questions, first, last);
    if (group.length >= 2) patch({ shuffle: shuffle.with(index, group) });
  };
  const choices = questions.map((question) => ({ value: question.id, label: titleOf(question) }));
  return (
    <>
      <SettingsHead title={t("randomOrder")} icon={IconArrowsShuffle} help={t("randomOrderHelp")} />
      {shuffle.map((group, index) => (
        <div key={index} className={classes.box}>
          <div className={classes.boxHead}>
            <strong>{t("groupNumber", { number: index + 1 })}</strong>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeGroup", { number: index + 1 })} onClick={() => patch({ shuffle: shuffle.toSpliced(index, 1) })}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
          <Select label={t("fromQuestion")} value={group[0] ?? null} allowDeselect={false} data={choices} onChange={(id) => id !== null && put(index, id, group.at(-1) ?? id)} />
          <Select label={t("toQuestion")} value={group.at(-1) ?? null} allowDeselect={false} data={choices} onChange={(id) => id !== null && put(index, group[0] ?? id, id)} />
          <p className="quiet">{t("groupSize", { count: group.length })}</p>
        </div>
      ))}
      {free === null && <p className="quiet">{t("noNeighbours")}</p>}
      <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={free === null || shuffle.length >= 10} onClick={() => free !== null && patch({ shuffle: [...shuffle, free] })}>
        {t("addGroup")}
      </Button>
    </>
  );
};
