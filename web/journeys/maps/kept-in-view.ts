/** Keeps an element whole in view while it is there and whenever it grows; to be given as its `ref`. */
export const keepInView = (element: HTMLElement | null): (() => void) | undefined => {
  if (element === null) return undefined;
  const observer = new ResizeObserver(() => element.scrollIntoView({ block: "nearest", inline: "nearest" }));
  observer.observe(element);
  return () => observer.disconnect();
};
