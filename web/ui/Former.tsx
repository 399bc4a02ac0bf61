import type { ReactNode } from "react";

type FormerProps = {
  /** Whether the figures inside still answer the question before. */
  is: boolean;
  /** Columns of twelve, where it stands in a `<Grid>`. */
  span?: 5 | 7 | 12;
  children: ReactNode;
};

/** Figures of the former filters stay while the new ones load, dimmed so that nobody takes them for the new ones. */
export const Former = ({ is, span, children }: FormerProps) => (
  <div className={`former ${span === undefined ? "" : `span-${span}`}`} aria-busy={is}>{children}</div>
);
