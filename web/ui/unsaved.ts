import { useBlocker } from "@tanstack/react-router";
import { createContext, use, useEffect, useId, useRef, useState } from "react";

/** What a panel or dialog knows of the drafts in it. */
export type UnsavedGuard = {
  mark: (id: string, isUnsaved: boolean) => void;
  /** A form begins (1) or ends (-1) to be sent: meanwhile leaving is what it does itself. */
  send: (by: 1 | -1) => void;
};

export const UnsavedContext = createContext<UnsavedGuard | null>(null);

/** Says of a draft whether it would be lost by leaving: the panel or dialog around it then asks before it closes. */
export const useUnsaved = (isUnsaved: boolean): void => {
  const guard = use(UnsavedContext);
  const id = useId();
  useEffect(() => {
    guard?.mark(id, isUnsaved);
    return () => guard?.mark(id, false);
  }, [guard, id, isUnsaved]);
};

/** For what holds drafts: closing it, Back and closing the window ask while one of them is not saved. */
export const useUnsavedGuard = (isOpen: boolean, onClose: () => void) => {
  const [unsaved, setUnsaved] = useState<ReadonlySet<string>>(() => new Set());
  const [isAsking, ask] = useState(false);
  const isLeaving = useRef(false);
  const sending = useRef(0);
  const [guard] = useState<UnsavedGuard>(() => ({
    send: (by) => void (sending.current += by),
    mark: (id, isUnsaved) => setUnsaved((before) => {
      if (before.has(id) === isUnsaved) return before;
      const after = new Set(before);
      if (isUnsaved) after.add(id);
      else after.delete(id);
      return after;
    }),
  }));
  useEffect(() => {
    if (isOpen) isLeaving.current = false;
  }, [isOpen]);
  const isHeld = isOpen && unsaved.size > 0;
  const blocker = useBlocker({ shouldBlockFn: () => isHeld && !isLeaving.current && sending.current === 0, withResolver: true, enableBeforeUnload: () => isHeld && !isLeaving.current, disabled: !isHeld });
  const isBlocked = blocker.status === "blocked";
  return {
    guard,
    close: (): void => (isHeld ? ask(true) : onClose()),
    isAsking: isAsking || isBlocked,
    stay: (): void => {
      ask(false);
      if (isBlocked) blocker.reset();
    },
    leave: async (): Promise<void> => {
      isLeaving.current = true;
      if (isBlocked) blocker.proceed();
      else onClose();
    },
  };
};
