import { Tabs } from "@mantine/core";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AccessPanel } from "./AccessPanel.tsx";
import { accessTexts } from "./access.texts.ts";
import type { Above, Board } from "./dashboards.data.ts";
import { SchedulePanel } from "./SchedulePanel.tsx";
import { schedulesTexts } from "./schedules.texts.ts";
import { SharePanel } from "./SharePanel.tsx";
import { sharesTexts } from "./shares.texts.ts";

type SharingPanelProps = { board: Board; mayShare: boolean; above: Above; isOpen: boolean; onClose: () => void };

/** Who sees a board in the workspace, and the two ways it reaches people outside: a link, and mails on certain days. */
export const SharingPanel = ({ board, mayShare, above, isOpen, onClose }: SharingPanelProps) => {
  const t = useTexts(sharesTexts);
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} width={480} title={t("title", { name: board.name })}>
      <Tabs defaultValue={mayShare ? "links" : "members"} keepMounted={false}>
        <Tabs.List mb={12}>
          {mayShare && <Tabs.Tab value="links">{t("links")}</Tabs.Tab>}
          {mayShare && <Tabs.Tab value="mails">{schedulesTexts.say("mails")}</Tabs.Tab>}
          <Tabs.Tab value="members">{accessTexts.say("members")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members"><AccessPanel board={board} /></Tabs.Panel>
        <Tabs.Panel value="links"><SharePanel board={board} above={above} /></Tabs.Panel>
        <Tabs.Panel value="mails"><SchedulePanel board={board} /></Tabs.Panel>
      </Tabs>
    </SidePanel>
  );
};
