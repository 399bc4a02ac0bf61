import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { navigationFor } from "./composition.ts";
import { useSession } from "./session.data.ts";

const followMs = 1200;

/** `g` then a letter goes somewhere, `?` shows the list, `/` jumps into the search field of the screen, `t` switches the theme. */
export const useShortcuts = ({ openList }: { openList: () => void }): void => {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const { abilities } = useSession();
  useEffect(() => {
    const keys = new Map(navigationFor(abilities).flatMap(({ entries }) => entries.map(({ key, to }) => [key, to])));
    let leaderAt = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isSecond = event.timeStamp - leaderAt < followMs;
      leaderAt = Number.NEGATIVE_INFINITY;
      const target = isSecond ? keys.get(event.key) : undefined;
      if (target !== undefined) return go(event, () => void navigate({ to: target }));
      if (event.key === "g") leaderAt = event.timeStamp;
      if (event.key === "?") go(event, openList);
      if (event.key === "t") go(event, toggleColorScheme);
      if (event.key === "/") go(event, () => document.querySelector<HTMLElement>("[data-search]")?.focus());
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [abilities, navigate, openList, toggleColorScheme]);
};

const go = (event: KeyboardEvent, act: () => void): void => {
  event.preventDefault();
  act();
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]") !== null);
