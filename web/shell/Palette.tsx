import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import { IconKeyboard, IconLogout, IconMoon, IconSearch, IconUser } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useFoundCustomers } from "../customers/customers.parts.ts";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useAbility, useSession, useSignOut } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

const ASK_AFTER_MS = 150;

export const openPalette = (): void => spotlight.open();

/** Everything by name: ⌘K. */
export const Palette = ({ openShortcuts }: { openShortcuts: () => void }) => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { toggleColorScheme } = useMantineColorScheme();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), ASK_AFTER_MS);
  const { found, isLooking } = useFoundCustomers(asked, useAbility("customers.read"));
  // The first of what is listed is marked while one types; who is found later must be, too, or Enter does nothing. Spotlight marks by this attribute.
  useEffect(() => {
    if (found.length > 0 && document.querySelector("[data-action][data-selected]") === null) document.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  }, [found]);
  const actions: SpotlightActionGroupData[] = [
    {
      group: t("goTo"),
      actions: navigationFor(abilities)
        .flatMap(({ entries }) => entries)
        .map(({ to, label, icon: Picture }) => ({
          id: to,
          label,
          leftSection: <Picture size={16} stroke={1.7} />,
          onClick: () => void navigate({ to }),
        })),
    },
    {
      group: t("do"),
      actions: [
        { id: "theme", label: t("switchTheme"), leftSection: <IconMoon size={16} />, onClick: toggleColorScheme },
        { id: "shortcuts", label: t("shortcuts"), leftSection: <IconKeyboard size={16} />, onClick: openShortcuts },
        { id: "sign-out", label: t("signOut"), leftSection: <IconLogout size={16} />, onClick: () => void signOut() },
      ],
    },
    {
      group: t("customers"),
      actions: found.map(({ id, name, email }) => ({
        id,
        label: name,
        // The server has looked already, also at what is not shown here.
        keywords: typed,
        ...(email === null || email === name ? {} : { description: email }),
        leftSection: <IconUser size={16} stroke={1.7} />,
        onClick: () => void navigate({ to: "/customers/$customerId", params: { customerId: id } }),
      })),
    },
  ];
  return (
    <Spotlight
      query={typed}
      onQueryChange={setTyped}
      actions={actions}
      shortcut="mod + K"
      scrollable
      maxHeight={420}
      centered={false}
      yOffset={90}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      attributes={{ content: { "aria-label": t("search") } }}
      nothingFound={t(isLooking || asked !== typed.trim() ? "looking" : "nothingFound")}
      searchProps={{
        placeholder: t("searchPlaceholder"),
        "aria-label": t("search"),
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
    />
  );
};
