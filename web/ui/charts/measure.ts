import { type RefCallback, useCallback, useState } from "react";

type Room = { width: number; height: number };

/** The room a chart has to draw in, kept as the page changes.
 *  @returns a callback for `ref`, and the room in pixels (600 wide before the first measure, so that prints and mails draw too) */
export const useRoom = (): [RefCallback<HTMLElement>, Room] => {
  const [room, setRoom] = useState<Room>({ width: 600, height: 0 });
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoom({ width: Math.max(140, Math.round(entry.contentRect.width)), height: Math.round(entry.contentRect.height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, room];
};
