import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { UnsavedContext, useUnsavedGuard } from "./unsaved.ts";
import { UnsavedQuestion } from "./UnsavedQuestion.tsx";

type SidePanelProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  width?: number;
  /** Puts the focus where it belongs once the panel is closed; null: back to where it was. */
  leadOn?: (() => void) | null;
};

/** A drawer from the right, for details and short forms; the screen behind keeps its place. Drafts in it that say so by `useUnsaved` are not lost unasked. */
export const SidePanel = ({ isOpen, onClose, title, children, width = 440, leadOn = null }: SidePanelProps) => {
  const { guard, keys, close, isAsking, stay, leave } = useUnsavedGuard(isOpen, onClose);
  return (
    <UnsavedContext value={guard}>
      <Drawer {...keys} opened={isOpen} onClose={close} title={title} size={width} className="side-panel" returnFocus={leadOn === null} onExitTransitionEnd={() => leadOn?.()}>
        {children}
      </Drawer>
      {isAsking && <UnsavedQuestion onStay={stay} onLeave={leave} />}
    </UnsavedContext>
  );
};
