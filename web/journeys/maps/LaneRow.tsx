import { ActionIcon, Menu } from "@mantine/core";
import type { MapLane, MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useDragged, useDropPlace } from "../../ui/DropOnto.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CardEditor } from "./CardEditor.tsx";
import { CardFace } from "./CardFace.tsx";
import { useDrawingVerbs } from "./drawing-verbs.ts";
import { cardsAt } from "./grid.rules.ts";
import type { DifferenceKind } from "./difference.rules.ts";
import { DifferenceTag } from "./DifferenceTag.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { NameField } from "./NameField.tsx";
import { emptyCard } from "./parts.rules.ts";

type LaneRowProps = { lane: MapLane; tags?: ReadonlyMap<string, DifferenceKind> | undefined };

/** A lane across all steps, with the cards that lie in it. */
export const LaneRow = ({ lane, tags }: LaneRowProps) => {
  const { columns } = useDrawing();
  return (
    <tr className={lane.kind === "channels" ? classes.chips : undefined}>
      <LaneLabel lane={lane} tag={tags?.get(lane.id)} />
      {columns.map(({ stage, step }, column) => (step === null ? <td key={stage.id} className={classes.cell} /> : <LaneCell key={step.id} lane={lane} step={step} column={column} tags={tags} />))}
    </tr>
  );
};

const LaneLabel = ({ lane, tag }: { lane: MapLane; tag: DifferenceKind | undefined }) => {
  const t = useTexts(mapTexts);
  const { mayWrite, writing, write, stop } = useDrawing();
  const verbs = useDrawingVerbs();
  const { attach: attachDragged, listeners, style } = useDragged(`lane:${lane.id}`, !mayWrite);
  const { attach: attachPlace, isOver } = useDropPlace(`lane:${lane.id}`, !mayWrite);
  const isCurrent = stop.row === lane.id && stop.column === -1;
  const isWriting = writing?.part === "lane" && writing.id === lane.id;
  return (
    <th scope="row" ref={attachPlace} className={`${classes.label} ${isOver ? classes.over : ""}`}>
      {isWriting ? <NameField label={t("nameOfLane")} start={lane.name} onDone={(name, isByKey, was) => verbs.rename("lane", lane.id, was, name, isByKey)} /> : (
        <div className={classes.head} ref={attachDragged} style={style}>
          <button type="button" className={classes.headName} data-stop={`${lane.id}|-1|0`} data-part={`lane:${lane.id}`} tabIndex={isCurrent ? 0 : -1} dir="auto" {...listeners} onClick={() => mayWrite && write({ part: "lane", id: lane.id })}>
            {lane.name}
          </button>
          {mayWrite && (
            <Menu position="bottom-start" shadow="md" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size={24} className={classes.headMenu ?? ""} tabIndex={isCurrent ? 0 : -1} aria-label={t("moreAbout", { name: lane.name })}><IconDots size={15} aria-hidden /></ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => write({ part: "lane", id: lane.id })}>{t("rename")}</Menu.Item>
                <Menu.Item leftSection={<IconArrowUp size={14} aria-hidden />} onClick={() => verbs.move("lane", lane.id, "up")}>{t("moveUp")}</Menu.Item>
                <Menu.Item leftSection={<IconArrowDown size={14} aria-hidden />} onClick={() => verbs.move("lane", lane.id, "down")}>{t("moveDown")}</Menu.Item>
                <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} color="var(--danger)" onClick={() => verbs.remove("lane", lane.id, lane.name)}>{t("remove")}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      )}
      <DifferenceTag kind={tag} />
    </th>
  );
};

const LaneCell = ({ lane, step, column, tags }: { lane: MapLane; step: MapStep; column: number; tags: ReadonlyMap<string, DifferenceKind> | undefined }) => {
  const t = useTexts(mapTexts);
  const { document, mayWrite, writing, stop } = useDrawing();
  const verbs = useDrawingVerbs();
  const { attach: attachPlace, isOver } = useDropPlace(`cell:${step.id}:${lane.id}`, !mayWrite);
  const cards = cardsAt(document, step.id, lane.id);
  const isHere = stop.row === lane.id && stop.column === column;
  const newId = verbs.newCardId(step.id, lane.id);
  // A new card keeps its editor, and what is written in it, when it becomes one of the cards.
  const isWritingNew = newId !== null && writing?.id === newId;
  // It may be one already when the drawing comes back after paper or another view took its place.
  const written = cards.find(({ id }) => id === newId);
  return (
    <td ref={attachPlace} className={`${classes.cell} ${isOver ? classes.over : ""}`}>
      <div className={classes.cards}>
        {cards.filter(({ id }) => !isWritingNew || id !== newId).map((card, index) =>
          writing?.part === "card" && writing.id === card.id ? <CardEditor key={card.id} card={card} lane={lane} isNew={false} />
            : <CardFace key={card.id} card={card} lane={lane} stop={`${lane.id}|${column}|${index}`} isCurrent={isHere && stop.index === index} tag={tags?.get(card.id)} />)}
        {isWritingNew && <CardEditor key={newId} card={written ?? emptyCard(newId, step.id, lane)} lane={lane} isNew={written === undefined} />}
        {mayWrite ? !isWritingNew && (
          <button type="button" className={cards.length === 0 ? classes.add : classes.addMore} data-stop={`${lane.id}|${column}|${cards.length}`} tabIndex={isHere && stop.index === cards.length ? 0 : -1}
            aria-label={t("addCard", { lane: lane.name, step: step.name })} onClick={() => verbs.addCard(step.id, lane.id)}>
            <span aria-hidden>+</span>
          </button>
        ) : cards.length === 0 && <span className={classes.nothing} data-stop={`${lane.id}|${column}|0`} tabIndex={isHere ? 0 : -1}><span className="sr-only">{t("nothingHere")}</span></span>}
      </div>
    </td>
  );
};
