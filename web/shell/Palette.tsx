import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import { IconKeyboard, IconLogout, IconMoon, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useSession, useSignOut } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

export const openPalette = (): void => spotlight.open();

/** Everything by name: ⌘K. */
export const Palette = ({ openShortcuts }: { openShortcuts: () => void }) => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { toggleColorScheme } = useMantineColorScheme();
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
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      scrollable
      maxHeight={420}
      centered={false}
      yOffset={90}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      attributes={{ content: { "aria-label": t("search") } }}
      nothingFound={t("nothingFound")}
      searchProps={{
        placeholder: t("searchPlaceholder"),
        "aria-label": t("search"),
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
    />
  );
};
