import { createContext, type ReactNode, use, useEffect } from "react";
import { createPortal } from "react-dom";

/** The element of the frame's header into which the open screen puts its title and actions. */
export const HeaderSlot = createContext<HTMLElement | null>(null);

type PageHeaderProps = {
  title: string;
  /** Filters and buttons on the right; keep the one main button last. */
  actions?: ReactNode;
  /** A link back to the list this page belongs to. */
  back?: ReactNode;
};

/** Title and actions of a screen, shown in the header of the frame. */
export const PageHeader = ({ title, actions, back }: PageHeaderProps) => {
  const slot = use(HeaderSlot);
  useEffect(() => {
    document.title = `${title} · Firsthand`;
  }, [title]);
  if (slot === null) return null;
  return createPortal(
    <>
      <div className="page-header-title">
        {back}
        <h1>{title}</h1>
      </div>
      <div className="page-header-actions">{actions}</div>
    </>,
    slot,
  );
};
