import { Avatar, Menu, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout, IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { initialsOf } from "../ui/initials.ts";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useSession, useSignOut } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

export const AccountMenu = ({ openShortcuts }: { openShortcuts: () => void }) => {
  const t = useTexts(shellTexts);
  const { member, abilities } = useSession();
  const signOut = useSignOut();
  const settings = navigationFor(abilities).find(({ group }) => group === "settings")?.entries[0];
  return (
    <Menu position="top-start" width={200} shadow="md">
      <Menu.Target>
        <UnstyledButton className="nav-account">
          <Avatar size={24} className="nav-avatar" aria-hidden>
            {initialsOf(member.name)}
          </Avatar>
          <span>{member.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={t("account")}>
        <Menu.Label>{member.email}</Menu.Label>
        {settings && (
          <Menu.Item component={Link} to={settings.to} leftSection={<IconSettings size={15} />}>
            {t("settings")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={openShortcuts}>
          {t("shortcuts")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
