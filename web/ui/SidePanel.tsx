import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

type SidePanelProps = { isOpen: boolean; onClose: () => void; title: ReactNode; children: ReactNode; width?: number };

/** A drawer from the right, for details and short forms; the screen behind keeps its place. */
export const SidePanel = ({ isOpen, onClose, title, children, width = 440 }: SidePanelProps) => (
  <Drawer opened={isOpen} onClose={onClose} title={title} size={width} className="side-panel">
    {children}
  </Drawer>
);
