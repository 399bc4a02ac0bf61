import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { notifyFailed } from "../ui/notices.tsx";
import { useTexts } from "../ui/texts.ts";
import { switchWorkspace, useSession } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";

/** The name of the organisation; a menu when there is more than one. */
export const WorkspaceSwitcher = () => {
  const t = useTexts(shellTexts);
  const { workspace, workspaces } = useSession();
  if (workspaces.length < 2) return <WorkspaceName name={workspace.name} />;
  return (
    <Menu position="bottom-start" width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton className="nav-workspace-button">
          <WorkspaceName name={workspace.name} />
          <IconSelector size={14} aria-label={t("switchWorkspace")} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map((other) => (
          <Menu.Item
            key={other.id}
            rightSection={other.id === workspace.id ? <IconCheck size={14} aria-hidden /> : null}
            onClick={() => void switchWorkspace(other.id).catch(notifyFailed)}
          >
            {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const WorkspaceName = ({ name }: { name: string }) => (
  <span className="nav-workspace">
    <span className="nav-mark" aria-hidden>
      {name.slice(0, 1).toUpperCase()}
    </span>
    <span className="nav-workspace-name">{name}</span>
  </span>
);
