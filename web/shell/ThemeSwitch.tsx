import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useTexts } from "../ui/texts.ts";
import { shellTexts } from "./shell.texts.ts";

/** Light or dark; remembered by the browser. */
export const ThemeSwitch = () => {
  const t = useTexts(shellTexts);
  const { toggleColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon variant="default" size={30} aria-label={t("switchTheme")} onClick={toggleColorScheme}>
      {isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
    </ActionIcon>
  );
};
