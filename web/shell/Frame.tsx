import { AppShell, Burger } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { AlertBell, DemoBanner } from "../insights/insights.parts.ts";
import { Loading } from "../ui/Loading.tsx";
import { HeaderSlot } from "../ui/PageHeader.tsx";
import { useTexts } from "../ui/texts.ts";
import { Navigation } from "./Navigation.tsx";
import { Palette } from "./Palette.tsx";
import { ShortcutList } from "./ShortcutList.tsx";
import { shellTexts } from "./shell.texts.ts";
import { useShortcuts } from "./shortcuts.ts";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

/** Whoever follows a link within a screen by keys goes on at the beginning of the next screen: with the link, the focus is gone. */
const useFocusOnScreen = (): void => {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged }) => {
        if (pathChanged && document.activeElement === document.body) document.getElementById("content")?.focus({ preventScroll: true });
      }),
    [router],
  );
};

/** What surrounds every screen of a signed-in member. */
export const Frame = () => {
  const t = useTexts(shellTexts);
  const [isMenuOpen, { close: closeMenu, toggle: toggleMenu }] = useDisclosure();
  const [isListOpen, list] = useDisclosure();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts({ openList: list.open });
  useFocusOnScreen();
  // On a phone the menu lies over the screen that was just chosen in it.
  useEffect(() => closeMenu(), [path, closeMenu]);
  return (
    <AppShell
      layout="alt"
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !isMenuOpen } }}
      padding={0}
      transitionDuration={150}
    >
      <a className="skip-link" href="#content">
        {t("skip")}
      </a>
      <AppShell.Header className="frame-header">
        <Burger opened={isMenuOpen} onClick={toggleMenu} hiddenFrom="sm" size="sm" aria-label={t("menu")} />
        <div className="page-header" ref={setSlot} />
        <AlertBell />
        <ThemeSwitch />
      </AppShell.Header>
      <AppShell.Navbar className="frame-nav" aria-label={t("menu")}>
        <Navigation onClose={closeMenu} openShortcuts={list.open} />
      </AppShell.Navbar>
      <AppShell.Main className="frame-main" id="content" tabIndex={-1}>
        <DemoBanner />
        <HeaderSlot value={slot}>
          <div className="frame-content">
            <Suspense fallback={<Loading kind="page" />}>
              <Outlet />
            </Suspense>
          </div>
        </HeaderSlot>
      </AppShell.Main>
      <Palette openShortcuts={list.open} />
      <ShortcutList isOpen={isListOpen} onClose={list.close} />
    </AppShell>
  );
};
