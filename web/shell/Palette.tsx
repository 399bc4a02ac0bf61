import { useMantineColorScheme } from "@mantine/core";
import { createSpotlight, Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconKeyboard, IconLogout, IconMoon, IconSearch, IconUser } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useFoundCustomers } from "../customers/customers.parts.ts";
import { messageOf } from "../ui/ErrorState.tsx";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useAbility, useSession, useSignOut } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

const [store, spotlight] = createSpotlight();
export const openPalette = (): void => spotlight.open();

type Group = { label: string; actions: readonly SpotlightActionData[] };

/** Everything by name: ⌘K. */
export const Palette = ({ openShortcuts }: { openShortcuts: () => void }) => {
  const t = useTexts(shellTexts);
  const mayFind = useAbility("customers.read");
  const [typed, setTyped] = useState("");
  const wanted = typed.trim();
  const { found, isLooking, error } = useFoundCustomers(wanted, mayFind);
  const customers = useCustomerActions(found);
  const groups = [...useOwnGroups(openShortcuts, wanted), { label: t("customers"), actions: customers }].filter(({ actions }) => actions.length > 0);
  const count = groups.reduce((sum, { actions }) => sum + actions.length, 0);
  useEffect(markFirst, [found]);
  const failure = error === null ? null : messageOf(error);
  const seen = failure ?? (count > 0 ? null : t(isLooking ? "looking" : "nothingFound"));
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      shortcut="mod + K"
      scrollable
      maxHeight={420}
      centered={false}
      yOffset={90}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      attributes={{ content: { "aria-label": t("search") } }}
    >
      <Spotlight.Search placeholder={t(mayFind ? "searchPlaceholder" : "searchPlaceholderBare")} aria-label={t("search")} leftSection={<IconSearch size={16} aria-hidden />} />
      {count > 0 && (
        <Spotlight.ActionsList>
          {groups.map(({ label, actions }) => (
            <Spotlight.ActionsGroup key={label} label={label}>
              {actions.map(({ id, ...action }) => <Spotlight.Action key={id} {...action} />)}
            </Spotlight.ActionsGroup>
          ))}
        </Spotlight.ActionsList>
      )}
      <div role="status">
        {seen !== null && <Spotlight.Empty>{seen}</Spotlight.Empty>}
        {seen === null && wanted !== "" && <span className="sr-only">{isLooking ? t("looking") : t("listed", { count })}</span>}
      </div>
    </Spotlight.Root>
  );
};

// The first of what is listed is marked while one types; who is found later must be, too, or Enter and the arrows begin nowhere.
const markFirst = (): void => {
  const list = document.getElementById(store.getState().listId);
  if (list === null || list.querySelector("[data-selected]") !== null) return;
  list.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
};

/** Screens and deeds whose name holds what is typed. */
const useOwnGroups = (openShortcuts: () => void, wanted: string): Group[] => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { toggleColorScheme } = useMantineColorScheme();
  const screens = navigationFor(abilities)
    .flatMap(({ entries }) => entries)
    .map(({ to, label, icon: Picture }) => ({ id: to, label, leftSection: <Picture size={16} stroke={1.7} />, onClick: () => void navigate({ to }) }));
  const deeds = [
    { id: "theme", label: t("switchTheme"), leftSection: <IconMoon size={16} />, onClick: toggleColorScheme },
    { id: "shortcuts", label: t("shortcuts"), leftSection: <IconKeyboard size={16} />, onClick: openShortcuts },
    { id: "sign-out", label: t("signOut"), leftSection: <IconLogout size={16} />, onClick: () => void signOut() },
  ];
  return [{ label: t("goTo"), actions: screens }, { label: t("do"), actions: deeds }].map(({ label, actions }) => ({
    label, actions: actions.filter((action) => action.label.toLowerCase().includes(wanted.toLowerCase())),
  }));
};

const useCustomerActions = (found: ReturnType<typeof useFoundCustomers>["found"]): SpotlightActionData[] => {
  const navigate = useNavigate();
  return found.map(({ id, name, email }) => ({
    id,
    label: name,
    ...(email === null || email === name ? {} : { description: email }),
    leftSection: <IconUser size={16} stroke={1.7} />,
    onClick: () => void navigate({ to: "/customers/$customerId", params: { customerId: id } }),
  }));
};
