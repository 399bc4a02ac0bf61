import { Button, CloseButton, Kbd, NavLink, ScrollArea } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTexts } from "../ui/texts.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import { navigationFor } from "./composition.ts";
import { openPalette } from "./Palette.tsx";
import type { NavigationEntry, NavigationGroup } from "./screens.ts";
import { useSession } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";
import { modifier } from "../ui/modifier.ts";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher.tsx";

export const Navigation = ({ onClose, openShortcuts }: { onClose: () => void; openShortcuts: () => void }) => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const inSettings = path.startsWith("/settings");
  const groups = navigationFor(abilities).filter(({ group }) => group !== "settings" || inSettings);
  return (
    <>
      <div className="nav-top">
        <WorkspaceSwitcher />
        <CloseButton hiddenFrom="sm" aria-label={t("menu")} onClick={onClose} />
      </div>
      <Button
        className="nav-search"
        variant="default"
        justify="space-between"
        fw={400}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs" visibleFrom="sm">{modifier}K</Kbd>}
        onClick={openPalette}
      >
        {t("search")}
      </Button>
      <ScrollArea flex={1} scrollbars="y" viewportProps={{ tabIndex: -1 }}>
        {groups.map(({ group, entries }) => (
          <section key={group} aria-labelledby={group === "start" ? undefined : `nav-${group}`}>
            {group !== "start" && (
              <h2 className="nav-group" id={`nav-${group}`}>
                {t(groupLabel[group])}
              </h2>
            )}
            {entries.map((entry) => (
              <Entry key={entry.to} entry={entry} isActive={isUnder(path, entry.to)} />
            ))}
          </section>
        ))}
      </ScrollArea>
      <div className="nav-account-place">
        <AccountMenu openShortcuts={openShortcuts} />
      </div>
    </>
  );
};

const groupLabel = { listen: "listen", understand: "understand", act: "act", settings: "settings" } as const satisfies Record<
  Exclude<NavigationGroup, "start">,
  string
>;

const isUnder = (path: string, to: string): boolean => (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`));

const Entry = ({ entry, isActive }: { entry: NavigationEntry; isActive: boolean }) => {
  const Picture = entry.icon;
  return (
    <NavLink
      component={Link}
      to={entry.to}
      label={entry.label}
      active={isActive}
      aria-current={isActive ? "page" : undefined}
      className="nav-entry"
      leftSection={<Picture size={16} stroke={1.7} aria-hidden />}
    />
  );
};
