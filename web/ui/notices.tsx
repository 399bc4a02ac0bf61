import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { messageOf } from "./ErrorState.tsx";
import { uiTexts } from "./ui.texts.ts";

const nextMs = 8000;
const close = { "aria-label": uiTexts.say("close") };

/** A short word that something is done; goes by itself. */
export const notifyDone = (message: string): void => {
  notifications.show({ message, color: "var(--pro)", closeButtonProps: close });
};

/** What failed, in the server's words; stays until it is closed. */
export const notifyFailed = (error: unknown): void => {
  notifications.show({ message: messageOf(error), color: "var(--det)", autoClose: false, closeButtonProps: close, role: "alert" });
};

/** Says that something takes a while; closing it calls it off.
 *  @returns takes the notice away */
export const notifyWaiting = (message: string, closeLabel: string, onClose: () => void): (() => void) => {
  const id = notifications.show({ message, loading: true, autoClose: false, closeButtonProps: { "aria-label": closeLabel }, onClose });
  return () => notifications.hide(id);
};

/** Done, and can be taken back for eight seconds. */
export const notifyUndo = (message: string, undo: () => Promise<unknown>): void => notifyNext(message, uiTexts.say("undo"), undo);

/** Done, with what most people do next one press away, for eight seconds. */
export const notifyNext = (message: string, label: string, act: () => Promise<unknown>): void => {
  const id = `next-${message}-${performance.now()}`;
  const press = (): void => {
    notifications.hide(id);
    act().catch(notifyFailed);
  };
  notifications.show({
    id,
    autoClose: nextMs,
    closeButtonProps: close,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button variant="subtle" size="compact-xs" onClick={press}>
          {label}
        </Button>
      </Group>
    ),
  });
};
