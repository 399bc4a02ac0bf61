import { TextInput } from "@mantine/core";
import { type FocusEvent, useEffect, useRef, useState } from "react";
import { useLeaving } from "./leaving.ts";
import classes from "./Map.module.css";

type NameFieldProps = { label: string; start: string; maxLength?: number; onDone: (name: string | null, isByKey: boolean, was: string) => void };

/** A name while it is written in its place: Enter or leaving it keeps it, Escape does not. */
export const NameField = ({ label, start: now, maxLength = 120, onDone }: NameFieldProps) => {
  // Another member may rename it meanwhile: what it was called when writing began is what this name takes the place of.
  const [start] = useState(now);
  const [name, setName] = useState(start);
  const isDone = useRef(false);
  const end = (isKept: boolean, isByKey: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(isKept && name.trim() !== "" && name.trim() !== start ? name.trim() : null, isByKey, start);
  };
  const isLeaving = useRef(false);
  useEffect(() => {
    const point = (): void => void (isLeaving.current = true);
    window.addEventListener("pointerdown", point, { capture: true });
    return () => window.removeEventListener("pointerdown", point, { capture: true });
  }, []);
  const blur = (event: FocusEvent<HTMLInputElement>): void => {
    const field = event.currentTarget;
    // A menu that closes gives the focus back to its button, some time after the field it opened has got it: nobody pressed Tab or pointed there.
    const isTakenByMenu = event.relatedTarget instanceof HTMLElement && event.relatedTarget.getAttribute("aria-haspopup") === "menu" && !isLeaving.current;
    // At once, so that no key in between is lost.
    if (isTakenByMenu) queueMicrotask(() => field.focus());
    else end(true, false);
  };
  // A page that is left takes the field away without a blur.
  useLeaving(() => name !== start && end(true, false));
  return (
    <TextInput size="xs" className={classes.nameField ?? ""} aria-label={label} value={name} maxLength={maxLength} autoFocus dir="auto"
      onFocus={(event) => name === start && event.currentTarget.select()} onChange={(event) => setName(event.currentTarget.value)} onBlur={blur}
      onKeyDown={(event) => {
        event.stopPropagation();
        isLeaving.current = event.key === "Tab";
        const isEnter = event.key === "Enter" && !event.nativeEvent.isComposing;
        if (!isEnter && event.key !== "Escape") return;
        // Else the key would press what gets the focus next.
        event.preventDefault();
        end(isEnter, true);
      }} />
  );
};
