import { type RefCallback, useCallback, useState } from "react";

/** The width a chart has to draw in, kept as the page changes.
 *  @returns a callback for `ref`, and the width in pixels (600 before the first measure, so that prints and mails draw too) */
export const useWidth = (): [RefCallback<HTMLElement>, number] => {
  const [width, setWidth] = useState(600);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(140, Math.round(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, width];
};
