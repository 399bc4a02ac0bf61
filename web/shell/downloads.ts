import type { MouseEvent } from "react";
import { notifyFailed, notifyWaiting } from "../ui/notices.tsx";
import { api, isAbort } from "./api.ts";
import { saveFile } from "./save-file.ts";
import { shellTexts } from "./shell.texts.ts";

// Quicker ones are kept before anybody could read that they are on their way.
const QUIETLY_MS = 700;
const underway = new Set<string>();

/** What a click on a link to a file does: keeps the file once it came whole, or shows the server's words where it refuses.
 *  A click with a key held, such as for another tab, is left to the browser. */
export const download = (event: MouseEvent<HTMLAnchorElement>): void => {
  const { href } = event.currentTarget;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void saveFrom(href);
};

const saveFrom = async (href: string): Promise<void> => {
  if (underway.has(href)) return;
  underway.add(href);
  const stop = new AbortController();
  const notice: { end?: () => void } = {};
  const slow = setTimeout(() => (notice.end = notifyWaiting(shellTexts.say("fetchingFile"), shellTexts.say("stopFetching"), () => stop.abort())), QUIETLY_MS);
  try {
    const { name, content } = await api.file(href, { signal: stop.signal });
    saveFile(name, content);
  } catch (failure) {
    if (!isAbort(failure)) notifyFailed(failure);
  } finally {
    clearTimeout(slow);
    notice.end?.();
    underway.delete(href);
  }
};
