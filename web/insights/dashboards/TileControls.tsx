import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconGripVertical, IconPencil, IconTrash } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { Tile } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import type { TileDrag } from "./tile-drag.ts";
import { titleOf } from "./tile-words.ts";

export type TileVerbs = {
  step: (tile: Tile, direction: "left" | "right" | "up" | "down", isStretching: boolean) => void;
  edit: (tile: Tile) => void;
  copy: (tile: Tile) => void;
  remove: (tile: Tile) => void;
};
type TileControlsProps = { tile: Tile; drag: TileDrag; verbs: TileVerbs };

const directions = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;
const isArrow = (key: string): key is keyof typeof directions => key in directions;

/** The handle that moves a tile, by pointer and by keys, and what else can be done with it. */
export const TileControls = ({ tile, drag, verbs }: TileControlsProps) => {
  const t = useTexts(dashboardsTexts);
  const name = titleOf(tile);
  const press = (event: KeyboardEvent): void => {
    if (isArrow(event.key)) {
      event.preventDefault();
      verbs.step(tile, directions[event.key], event.shiftKey);
    } else if (event.key === "Enter") {
      event.preventDefault();
      verbs.edit(tile);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      verbs.remove(tile);
    } else if (event.key === "Escape") drag.cancel();
  };
  return (
    <>
      <button
        type="button"
        className="tile-handle"
        aria-label={t("moveTile", { name })}
        aria-describedby="how-to-move-tiles"
        onKeyDown={press}
        onPointerDown={(event) => drag.begin(event, tile.id, "move")}
        onPointerMove={drag.follow}
        onPointerUp={drag.drop}
        onPointerCancel={drag.cancel}
      >
        <IconGripVertical size={15} aria-hidden />
      </button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("tileActions", { name })}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => verbs.edit(tile)}>{t("editTile")}</Menu.Item>
          <Menu.Item leftSection={<IconArrowUp size={14} aria-hidden />} onClick={() => verbs.step(tile, "up", false)}>{t("moveUp")}</Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={14} aria-hidden />} onClick={() => verbs.step(tile, "down", false)}>{t("moveDown")}</Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => verbs.copy(tile)}>{t("duplicateTile")}</Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => verbs.remove(tile)}>{t("removeTile")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
};

/** The corner that sizes a tile by pointer; by keys the handle does it. */
export const TileCorner = ({ tile, drag }: Pick<TileControlsProps, "tile" | "drag">) => (
  <span
    className="tile-corner"
    aria-hidden
    onPointerDown={(event) => drag.begin(event, tile.id, "resize")}
    onPointerMove={drag.follow}
    onPointerUp={drag.drop}
    onPointerCancel={drag.cancel}
  />
);
