import { ActionIcon, Menu } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { idIn, useDraft } from "./draft-context.ts";

// Traits most customers have; others are typed into the braces.
const TRAITS = ["first_name|there", "name", "company", "plan"];

/** Puts a place into a text that is filled in for each person: an earlier answer, a calculation, something known about the customer. */
export const InsertMenu = ({ onInsert }: { onInsert: (place: string) => void }) => {
  const t = useTexts(builderTexts);
  const { definition, place, titleOf, mayWrite } = useDraft();
  const index = definition.questions.findIndex(({ id }) => id === idIn(place, "question"));
  const earlier = (index === -1 ? definition.questions : definition.questions.slice(0, index)).filter(({ type }) => type !== "statement" && type !== "file");
  const calculations = definition.calculations ?? [];
  return (
    <Menu position="bottom-end" width={280} disabled={!mayWrite}>
      <Menu.Target>
        <ActionIcon className={classes.insert} variant="subtle" color="gray" size={24} aria-label={t("insert")} title={t("insert")} disabled={!mayWrite}>
          <IconBraces size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {earlier.length > 0 && <Menu.Label>{t("insertAnswer")}</Menu.Label>}
        {earlier.map((question) => <Menu.Item key={question.id} onClick={() => onInsert(question.id)}><bdi>{titleOf(question)}</bdi></Menu.Item>)}
        {calculations.length > 0 && <Menu.Label>{t("calculations")}</Menu.Label>}
        {calculations.map(({ id, name }) => <Menu.Item key={id} onClick={() => onInsert(`calculation.${id}`)}>{name}</Menu.Item>)}
        <Menu.Label>{t("insertTrait")}</Menu.Label>
        {TRAITS.map((trait) => <Menu.Item key={trait} onClick={() => onInsert(`trait.${trait}`)}><code>{`{{trait.${trait}}}`}</code></Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
};
