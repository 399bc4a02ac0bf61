import { useBlocker } from "@tanstack/react-router";
import { createContext, type FocusEvent, use, useEffect, useId, useRef, useState } from "react";

/** What a panel or dialog knows of the drafts in it. */
export type UnsavedGuard = {
  mark: (id: string, isUnsaved: boolean) => void;
  /** A form begins (1) or ends (-1) to be sent: meanwhile leaving is what it does itself. */
  send: (by: 1 | -1) => void;
  /** A question stands open above it: Escape answers that one alone. */
  question: (id: string, isOpen: boolean) => void;
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

/** Says that a question is open, so that the panel or dialog around it leaves Escape to it. */
export const useQuestion = (isOpen: boolean): void => {
  const guard = use(UnsavedContext);
  const id = useId();
  useEffect(() => {
    guard?.question(id, isOpen);
    return () => guard?.question(id, false);
  }, [guard, id, isOpen]);
};

/** For what holds drafts: closing it, Back and closing the window ask while one of them is not saved. */
export const useUnsavedGuard = (isOpen: boolean, onClose: () => void) => {
  const [unsaved, setUnsaved] = useState<ReadonlySet<string>>(() => new Set());
  const [questions, setQuestions] = useState<ReadonlySet<string>>(() => new Set());
  const [isAsking, ask] = useState(false);
  const focused = useRef<HTMLElement | null>(null);
  const isLeaving = useRef(false);
  const sending = useRef(0);
  const [guard] = useState<UnsavedGuard>(() => ({
    send: (by) => void (sending.current += by),
    mark: (id, isUnsaved) => setUnsaved((before) => withOrWithout(before, id, isUnsaved)),
    question: (id, isOpenNow) => setQuestions((before) => withOrWithout(before, id, isOpenNow)),
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
    /** For the panel or dialog itself. */
    keys: { closeOnEscape: questions.size === 0, onFocus: (event: FocusEvent<HTMLElement>): void => void (focused.current = event.target) },
    isAsking: isAsking || isBlocked,
    stay: (): void => {
      ask(false);
      if (isBlocked) blocker.reset();
      // The question is born open and dies open, so it gives the focus back to nobody by itself.
      if (!isLeaving.current && focused.current?.isConnected === true) focused.current.focus({ preventScroll: true });
    },
    leave: async (): Promise<void> => {
      isLeaving.current = true;
      if (isBlocked) blocker.proceed();
      else onClose();
    },
  };
};

const withOrWithout = (before: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> => {
  if (before.has(id) === isIn) return before;
  return isIn ? new Set([...before, id]) : new Set([...before].filter((one) => one !== id));
};
