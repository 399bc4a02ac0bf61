import { useMediaQuery } from "@mantine/hooks";
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

/** Title and actions of a screen, shown in the header of the frame; where that has room for the title alone, the actions stand above the screen. */
export const PageHeader = ({ title, actions, back }: PageHeaderProps) => {
  const slot = use(HeaderSlot);
  useEffect(() => {
    document.title = `${title} · Firsthand`;
  }, [title]);
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  if (slot === null) return null;
  const buttons = <div className="page-header-actions">{actions}</div>;
  return (
    <>
      {createPortal(
        <>
          <div className="page-header-title">
            {back}
            <h1>{title}</h1>
          </div>
          {!isNarrow && buttons}
        </>,
        slot,
      )}
      {isNarrow && actions !== undefined && buttons}
    </>
  );
};
