import { UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import classes from "./ChoiceRow.module.css";

export type Choice<Value> = { value: Value; label: string; /** Shown instead of the label, which is then said. */ picture?: ReactNode; help?: string; tone?: "bad" | "middle" | "good" };
type ChoiceRowProps<Value> = {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  /** Null when the one that was chosen is pressed again; without `isClearable` that does nothing. */
  onChange: (value: Value | null) => void;
  isClearable?: boolean;
  isDisabled?: boolean;
};

/** A few choices beside each other, of which one holds or none. The tab key comes to the row once; arrow keys go along it. */
export const ChoiceRow = <Value extends string | number>({ label, choices, value, onChange, isClearable = false, isDisabled = false }: ChoiceRowProps<Value>) => {
  const [reached, reach] = useState(0);
  const chosen = choices.findIndex((choice) => choice.value === value);
  const stop = chosen === -1 ? Math.min(reached, choices.length - 1) : chosen;
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const here = buttons.findIndex((button) => button === event.target);
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || here === -1) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (to + buttons.length) % buttons.length;
    reach(next);
    buttons[next]?.focus();
  };
  return (
    <div role="toolbar" aria-label={label} className={classes.row} onKeyDown={press}>
      {choices.map((choice, place) => (
        <UnstyledButton key={choice.value} aria-pressed={choice.value === value} aria-label={choice.picture === undefined ? undefined : choice.label} title={choice.help ?? (choice.picture === undefined ? undefined : choice.label)}
          className={classes.choice} data-tone={choice.tone} disabled={isDisabled} tabIndex={place === stop ? 0 : -1} onClick={() => {
            if (choice.value !== value) onChange(choice.value);
            else if (isClearable) onChange(null);
          }}>
          {choice.picture ?? choice.label}
        </UnstyledButton>
      ))}
    </div>
  );
};
