import { type Announcements, closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { IconGripVertical } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type Item = { readonly id: string };
type SortableListProps<One extends Item> = {
  items: readonly One[];
  /** What an item is called when it is spoken of: "Question 2: Why?". */
  nameOf: (item: One) => string;
  /** `to` counts from 0, as if the item were gone from where it was. */
  onMove: (id: string, to: number) => void;
  /** Draws one item; `handle` is what it is dragged by, null when nothing may be moved. */
  render: (item: One, index: number, handle: ReactNode) => ReactNode;
  isLocked?: boolean;
  className?: string | undefined;
};

/** A list put in order by dragging or by keys: the handle takes Space to lift, arrows to move, Space to drop, Escape to leave it. Each step is spoken.
 *  This file and DropOnto alone know the library for it, so that another one can take its place. */
export const SortableList = <One extends Item>({ items, nameOf, onMove, render, isLocked = false, className }: SortableListProps<One>) => {
  const t = useTexts(uiTexts);
  // A click on the handle is no drag yet.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const place = (id: string | number | undefined): { name: string; position: number; count: number } => {
    const index = items.findIndex((item) => item.id === id);
    const item = items[index];
    return { name: item === undefined ? "" : nameOf(item), position: index + 1, count: items.length };
  };
  // An item that is lifted is at once over its own place; saying that would cut off the word that it is lifted.
  const isJustLifted = useRef(false);
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      isJustLifted.current = true;
      return t("lifted", place(active.id));
    },
    onDragOver: ({ active, over }) => {
      const isFirst = isJustLifted.current;
      isJustLifted.current = false;
      return isFirst || over === null ? undefined : t("movedOver", { ...place(over.id), name: place(active.id).name });
    },
    onDragEnd: ({ active, over }) => t("dropped", { ...place(over?.id ?? active.id), name: place(active.id).name }),
    onDragCancel: ({ active }) => t("leftThere", place(active.id)),
  };
  const drop = ({ active, over }: DragEndEvent): void => {
    const to = items.findIndex((item) => item.id === over?.id);
    if (to !== -1 && over?.id !== active.id) onMove(String(active.id), to);
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop} accessibility={{ announcements, screenReaderInstructions: { draggable: t("howToSort") } }}>
      <SortableContext items={items.map(({ id }) => id)} strategy={verticalListSortingStrategy} disabled={isLocked}>
        <ol className={`sortable ${className ?? ""}`}>
          {items.map((item, index) => (
            <SortableItem key={item.id} id={item.id} name={nameOf(item)} isLocked={isLocked} render={(handle) => render(item, index, handle)} />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
};

const SortableItem = ({ id, name, isLocked, render }: { id: string; name: string; isLocked: boolean; render: (handle: ReactNode) => ReactNode }) => {
  const t = useTexts(uiTexts);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id });
  const handle = (
    <button type="button" ref={setActivatorNodeRef} className="sortable-handle" {...attributes} {...listeners} aria-label={t("moveHandle", { name })}>
      <IconGripVertical size={14} aria-hidden />
    </button>
  );
  return (
    <li ref={setNodeRef} className={isDragging ? "sortable-lifted" : undefined}
      style={transform === null ? {} : { transform: `translate3d(0, ${Math.round(transform.y)}px, 0)`, transition: transition ?? "none" }}>
      {render(isLocked ? null : handle)}
    </li>
  );
};
