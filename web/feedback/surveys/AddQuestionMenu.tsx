import { Button, Popover, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { ADDABLE_GROUPS, type Addable } from "./new-question.rules.ts";
import { QUESTION_ICONS } from "./question-icons.ts";

type AddQuestionMenuProps = { isOpen: boolean; onOpen: (isOpen: boolean) => void; onAdd: (addable: Addable) => void; isFull: boolean };

/** All kinds of question in groups, found by typing. Arrow keys go through them, Enter adds. */
export const AddQuestionMenu = ({ isOpen, onOpen, onAdd, isFull }: AddQuestionMenuProps) => {
  const t = useTexts(builderTexts);
  const [wanted, setWanted] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isFound = (addable: Addable): boolean => `${t(addable)} ${t(`about_${addable}`)}`.toLowerCase().includes(wanted.trim().toLowerCase());
  const groups = ADDABLE_GROUPS.map(({ key, addables }) => ({ key, addables: addables.filter(isFound) })).filter(({ addables }) => addables.length > 0);
  const open = (next: boolean): void => {
    setWanted("");
    onOpen(next);
    if (!next) button.current?.focus();
  };
  const add = (addable: Addable): void => {
    open(false);
    onAdd(addable);
    // What comes next is its words.
    setTimeout(() => document.querySelector<HTMLElement>("[data-first-field]")?.focus(), 60);
  };
  const step = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      buttons[event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1)]?.focus();
    }
    const first = groups[0]?.addables[0];
    if (event.key === "Enter" && at === -1 && first !== undefined) {
      event.preventDefault();
      add(first);
    }
  };
  return (
    <Popover opened={isOpen} onChange={open} position="bottom-start" width={340} shadow="md" trapFocus>
      <Popover.Target>
        <Button ref={button} variant="default" fullWidth leftSection={<IconPlus size={14} aria-hidden />} disabled={isFull} onClick={() => open(!isOpen)}>{t("addQuestion")}</Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t("addQuestion")} onKeyDown={step}>
        <TextInput data-autofocus aria-label={t("findKind")} placeholder={t("findKind")} leftSection={<IconSearch size={14} aria-hidden />} value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)} />
        <div ref={list} className={classes.kinds}>
          {groups.length === 0 && <p className="quiet">{t("noKind")}</p>}
          {groups.map(({ key, addables }) => (
            <section key={key} aria-label={t(key)}>
              <p className={classes.groupName}>{t(key)}</p>
              {addables.map((addable) => {
                const Picture = QUESTION_ICONS[addable];
                return (
                  <button key={addable} type="button" className={classes.kindButton} onClick={() => add(addable)}>
                    <Picture size={16} aria-hidden />
                    <span><strong>{t(addable)}</strong><span>{t(`about_${addable}`)}</span></span>
                  </button>
                );
              })}
            </section>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
