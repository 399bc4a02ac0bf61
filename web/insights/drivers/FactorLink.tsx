import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { FactorPart } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";

type FactorLinkProps = { factor: string; name: string; part: FactorPart; children: ReactNode };

/** A figure of a factor that opens the answers and people behind it. */
export const FactorLink = ({ factor, name, part, children }: FactorLinkProps) => {
  const t = useTexts(driversTexts);
  return (
    <Link to="." resetScroll={false} search={(before: object) => ({ ...before, behind: factor, part: part === "all" ? undefined : part })} className="drivers-open" title={t("openBehind", { factor: name })}>
      {children}
    </Link>
  );
};
