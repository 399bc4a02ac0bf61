import { ActionIcon, Button, Menu, Modal } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconLayoutDashboard, IconTrash } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { accessTexts } from "./access.texts.ts";
import { type BoardHead, useBoards, useBoardVerbs } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { TemplateCards } from "./TemplateCards.tsx";
import "./dashboards.css";

/** All boards, in the order members gave them. */
export const DashboardListScreen = () => {
  const t = useTexts(dashboardsTexts);
  const boards = useBoards();
  const mayEdit = useAbility("dashboards.edit");
  const [isChoosing, setChoosing] = useState(false);
  const create = useCreation();
  const items = boards.data?.items ?? [];
  return (
    <>
      <PageHeader title={t("title")} actions={mayEdit && items.length > 0 && <Button onClick={() => setChoosing(true)}>{t("newBoard")}</Button>} />
      {boards.isPending ? (
        <Loading kind="rows" />
      ) : boards.isError ? (
        <ErrorState error={boards.error} onRetry={() => void boards.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={IconLayoutDashboard} title={t("none")} {...(mayEdit ? { body: t("noneBody") } : {})}>
          {mayEdit && <TemplateCards onChoose={create} />}
        </EmptyState>
      ) : (
        <Card>
          <ul className="line-list" aria-label={t("title")}>
            {items.map((board, index) => <BoardLine key={board.id} board={board} index={index} items={items} mayEdit={mayEdit} />)}
          </ul>
        </Card>
      )}
      <Modal opened={isChoosing} onClose={() => setChoosing(false)} title={t("newBoard")} size="lg">
        <TemplateCards onChoose={create} />
      </Modal>
    </>
  );
};

const useCreation = (): ((templateId: string | null) => void) => {
  const t = useTexts(dashboardsTexts);
  const navigate = useNavigate();
  const verbs = useBoardVerbs();
  const create = async (templateId: string | null): Promise<void> => {
    const board = await verbs.create(templateId === null ? { name: t("newBoard") } : { templateId });
    await navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: board.id } });
  };
  return (templateId) => void create(templateId).catch(notifyFailed);
};

type BoardLineProps = { board: BoardHead; index: number; items: readonly BoardHead[]; mayEdit: boolean };

const BoardLine = ({ board, index, items, mayEdit }: BoardLineProps) => {
  const t = useTexts(dashboardsTexts);
  const verbs = useBoardVerbs();
  const { id, name, tileCount, changedAt, changedBy, access, owner, mayChange } = board;
  const move = (by: number): void => {
    const ids = items.map((one) => one.id).filter((one) => one !== id);
    void verbs.order(ids.toSpliced(index + by, 0, id)).catch(notifyFailed);
  };
  const remove = async (): Promise<void> => {
    await verbs.remove(id);
    notifyUndo(t("removed", { name }), () => verbs.restore(id));
  };
  return (
    <li>
      <Link to="/dashboards/$dashboardId" params={{ dashboardId: id }} dir="auto">{name}</Link>
      {access.seenBy !== "everybody" && <span className="quiet">{access.seenBy === "chosen" ? accessTexts.say("badge_chosen") : owner === null ? accessTexts.say("badge_nobody") : accessTexts.say("badge_oneself", { name: owner.name })}</span>}
      <span className="quiet">{t("tilesCounted", { count: tileCount })}</span>
      <span className="quiet">{t("changed")} <Time at={changedAt} kind="ago" />{changedBy !== null && ` ${t("by", { name: changedBy.name })}`}</span>
      {mayEdit && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("more", { name })}><IconDots size={16} aria-hidden /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconArrowUp size={14} aria-hidden />} disabled={index === 0} onClick={() => move(-1)}>{t("moveUp")}</Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={14} aria-hidden />} disabled={index === items.length - 1} onClick={() => move(1)}>{t("moveDown")}</Menu.Item>
            <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void verbs.duplicate(id).catch(notifyFailed)}>{t("duplicate")}</Menu.Item>
            {mayChange && <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => void remove().catch(notifyFailed)}>{t("remove")}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
};
