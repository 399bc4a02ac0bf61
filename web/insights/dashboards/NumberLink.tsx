import { Link } from "@tanstack/react-router";
import { type ReactNode, use } from "react";
import type { Tile } from "./dashboards.data.ts";
import { TileLinks } from "./tile-links.ts";

type NumberLinkProps = { tile: Tile; patch?: Readonly<Record<string, string | undefined>> | undefined; label?: string | undefined; className?: string; children: ReactNode };

/** Opens the answers behind a number, where they may be seen; elsewhere it is only the number. */
export const NumberLink = ({ tile, patch, label, className, children }: NumberLinkProps) => {
  const open = use(TileLinks);
  if (open === null || patch === undefined) return <span className={className}>{children}</span>;
  return (
    <Link to="." search={(before: object) => ({ ...before, ...open(tile, patch) })} className={className} {...(label === undefined ? {} : { "aria-label": label })}>
      {children}
    </Link>
  );
};
