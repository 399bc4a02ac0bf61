import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconLock, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type CallList, changeCallList, removeCallList } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";

const SAID = { open: "isOpen", paused: "isPaused", closed: "isClosed" } as const;

/** What is done to a whole call list. */
export const CallListMenu = ({ list, onEdit }: { list: CallList; onEdit: () => void }) => {
  const t = useTexts(interviewsTexts);
  const [asked, setAsked] = useState<"close" | "remove" | null>(null);
  const become = async (status: keyof typeof SAID): Promise<void> => {
    await changeCallList(list.id, { status });
    notifyDone(t(SAID[status], { name: list.name }));
  };
  const set = (status: keyof typeof SAID): void => void become(status).catch(notifyFailed);
  const { status } = list;
  return (
    <>
      <Menu position="bottom-end" width={160}>
        <Menu.Target>
          <ActionIcon variant="subtle" size={24} aria-label={t("more", { name: list.name })}><IconDots size={15} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>{t("change")}</Menu.Item>
          {status === "open" && <Menu.Item leftSection={<IconPlayerPause size={14} />} onClick={() => set("paused")}>{t("pause")}</Menu.Item>}
          {(status === "paused" || status === "closed") && <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => set("open")}>{t("reopen")}</Menu.Item>}
          {(status === "open" || status === "paused") && <Menu.Item leftSection={<IconLock size={14} />} onClick={() => setAsked("close")}>{t("close")}</Menu.Item>}
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setAsked("remove")}>{t("remove")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog isOpen={asked === "close"} onClose={() => setAsked(null)} title={t("closeTitle", { name: list.name })} body={t("closeBody", { n: list.people - list.done })}
        confirmLabel={t("close")} onConfirm={() => become("closed")} />
      <ConfirmDialog isOpen={asked === "remove"} onClose={() => setAsked(null)} title={t("removeTitle", { name: list.name })} body={t("removeBody")} confirmLabel={t("remove")} isDangerous
        onConfirm={async () => {
          await removeCallList(list.id);
          notifyDone(t("removed", { name: list.name }));
        }} />
    </>
  );
};
