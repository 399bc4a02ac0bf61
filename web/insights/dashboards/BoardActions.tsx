import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconCopy, IconDeviceTv, IconDots, IconPrinter, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type Board, useBoardVerbs } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";

/** What can be done with a board as a whole. */
export const BoardActions = ({ board, onEdit, onShare }: { board: Board; onEdit: () => void; onShare: () => void }) => {
  const t = useTexts(dashboardsTexts);
  const navigate = useNavigate();
  const verbs = useBoardVerbs();
  const mayCopy = useAbility("dashboards.edit");
  const mayEdit = mayCopy && board.mayChange;
  const mayShare = useAbility("dashboards.share") && board.mayChange;
  const duplicate = async (): Promise<void> => {
    const copy = await verbs.duplicate(board.id);
    await navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: copy.id } });
  };
  const remove = async (): Promise<void> => {
    await navigate({ to: "/dashboards" });
    await verbs.remove(board.id);
    notifyUndo(t("removed", { name: board.name }), () => verbs.restore(board.id));
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("more", { name: board.name })}><IconDots size={16} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDeviceTv size={14} aria-hidden />} onClick={() => void navigate({ to: "/dashboards/wall", search: { boards: board.id } })}>{t("wall")}</Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>{t("print")}</Menu.Item>
          {mayCopy && <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void duplicate().catch(notifyFailed)}>{t("duplicate")}</Menu.Item>}
          {mayEdit && <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => void remove().catch(notifyFailed)}>{t("remove")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {(mayShare || mayEdit) && <Button variant="default" onClick={onShare}>{t("share")}</Button>}
      {mayEdit && <Button onClick={onEdit}>{t("edit")}</Button>}
    </>
  );
};
