import { type Announcements, DndContext, type DragEndEvent, PointerSensor, pointerWithin, useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useCallback } from "react";

type DropOntoProps = {
  children: ReactNode;
  onDrop: (id: string, onto: string) => void;
  /** What letting go would do, said aloud. */
  sayOver: (id: string, onto: string) => string;
};

/** Things that may be dragged onto one another by a pointer or a finger. Whoever uses it offers the same by keys elsewhere: nothing here takes the focus. */
export const DropOnto = ({ children, onDrop, sayOver }: DropOntoProps) => {
  // A click is no drag yet.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const announcements: Announcements = {
    onDragStart: () => undefined,
    onDragOver: ({ active, over }) => (over === null || over.id === active.id ? undefined : sayOver(String(active.id), String(over.id))),
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  };
  const drop = ({ active, over }: DragEndEvent): void => {
    if (over !== null && over.id !== active.id) onDrop(String(active.id), String(over.id));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={pointerWithin} onDragEnd={drop} accessibility={{ announcements, screenReaderInstructions: { draggable: "" } }}>
      {children}
    </DndContext>
  );
};

type DropOntoItemProps = {
  id: string;
  className: string;
  /** Said where the pointer rests on the handle. */
  hint: string;
  isLocked: boolean;
  /** Draws the item; `handle` is what it is dragged by, null when nothing may be moved. */
  render: (handle: ReactNode) => ReactNode;
};

/** One thing of them, in a list. */
export const DropOntoItem = ({ id, className, hint, isLocked, render }: DropOntoItemProps) => {
  const { listeners, setNodeRef: setDragged, setActivatorNodeRef, transform, isDragging } = useDraggable({ id, disabled: isLocked });
  const { setNodeRef: setOver, isOver } = useDroppable({ id, disabled: isLocked });
  const setBoth = useCallback((element: HTMLElement | null) => {
    setDragged(element);
    setOver(element);
  }, [setDragged, setOver]);
  const handle = (
    <span ref={setActivatorNodeRef} className="drop-onto-handle" title={hint} aria-hidden {...listeners}>
      <IconGripVertical size={14} />
    </span>
  );
  return (
    <li ref={setBoth} className={`${className}${isDragging ? " drop-onto-lifted" : isOver ? " drop-onto-over" : ""}`}
      style={transform === null ? {} : { transform: `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)` }}>
      {render(isLocked ? null : handle)}
    </li>
  );
};

type Dragged = { attach: (element: HTMLElement | null) => void; listeners: Record<string, Function> | undefined; style: CSSProperties; isLifted: boolean };

/** For what is dragged inside a `DropOnto` and is no item of a list: a cell of a table, a card in it. */
export const useDragged = (id: string, isLocked: boolean): Dragged => {
  const { listeners, setNodeRef, transform, isDragging } = useDraggable({ id, disabled: isLocked });
  return { attach: setNodeRef, listeners, isLifted: isDragging, style: transform === null ? {} : { transform: `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)`, zIndex: 5, position: "relative" } };
};

/** For what takes something that is dragged inside a `DropOnto`. */
export const useDropPlace = (id: string, isLocked: boolean): { attach: (element: HTMLElement | null) => void; isOver: boolean } => {
  const { setNodeRef, isOver } = useDroppable({ id, disabled: isLocked });
  return { attach: setNodeRef, isOver };
};
