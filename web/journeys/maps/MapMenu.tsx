import { ActionIcon, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconBraces, IconCopy, IconDots, IconKeyboard, IconPhotoDown, IconPresentation, IconPrinter, IconSchema, IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { download } from "../../shell/downloads.ts";
import { useAbility } from "../../shell/session.data.ts";
import type { Search } from "../../shell/search.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { changeMap, copyMap, type ListedMap, removeMap } from "./maps.data.ts";
import { mapTexts } from "./map.texts.ts";
import { PictureItem } from "./PictureItem.tsx";

type MapMenuProps = { map: ListedMap; change?: (patch: Search) => void; onKeys?: () => void; isOpenHere?: boolean };

/** What is rarely done with a map as a whole. */
export const MapMenu = ({ map, change, onKeys, isOpenHere = false }: MapMenuProps) => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const mayWrite = useAbility("maps.write");
  const [isAsking, ask] = useState(false);
  const copy = async (): Promise<void> => {
    const { id } = await copyMap(map.id, { name: t("copyName", { name: map.name }), state: map.state });
    await navigate({ to: "/maps/$mapId", params: { mapId: id } });
  };
  const archive = async (isArchived: boolean): Promise<void> => {
    await changeMap(map.id, { isArchived });
    notifyUndo(t(isArchived ? "nowArchived" : "nowBack", { name: map.name }), () => changeMap(map.id, { isArchived: !isArchived }));
  };
  const remove = async (): Promise<void> => {
    await removeMap(map.id);
    notifyDone(t("deleted", { name: map.name }));
    if (isOpenHere) await navigate({ to: "/maps" });
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <ActionIcon variant={isOpenHere ? "default" : "subtle"} color="gray" size={30} aria-label={t("moreAbout", { name: map.name })} onClick={(event) => event.stopPropagation()}><IconDots size={16} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          {change && <Menu.Item leftSection={<IconPresentation size={14} aria-hidden />} onClick={() => change({ view: "present" })}>{t("present")}</Menu.Item>}
          {change && <Menu.Item leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => change({ view: "sheets" })}>{t("printA3")}</Menu.Item>}
          {isOpenHere && <PictureItem map={map} icon={<IconPhotoDown size={14} aria-hidden />} />}
          <Menu.Item component="a" href={`/api/maps/${map.id}/map.json`} download onClick={download} leftSection={<IconBraces size={14} aria-hidden />}>{t("asJson")}</Menu.Item>
          <Menu.Item component="a" href={`/api/maps/${map.id}/map.mmd`} download onClick={download} leftSection={<IconSchema size={14} aria-hidden />}>{t("asMermaid")}</Menu.Item>
          {onKeys && <Menu.Item leftSection={<IconKeyboard size={14} aria-hidden />} onClick={onKeys}>{t("keys")}</Menu.Item>}
          {mayWrite && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void copy().catch(notifyFailed)}>{t("copy")}</Menu.Item>
              {map.isArchived
                ? <Menu.Item leftSection={<IconArchiveOff size={14} aria-hidden />} onClick={() => void archive(false).catch(notifyFailed)}>{t("unarchive")}</Menu.Item>
                : <Menu.Item leftSection={<IconArchive size={14} aria-hidden />} onClick={() => void archive(true).catch(notifyFailed)}>{t("archive")}</Menu.Item>}
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => ask(true)}>{t("delete")}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog isOpen={isAsking} onClose={() => ask(false)} title={t("deleteTitle", { name: map.name })} body={t("deleteBody")} confirmLabel={t("delete")} onConfirm={remove} isDangerous />
    </>
  );
};
