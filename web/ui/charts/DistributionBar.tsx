import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { formatShare } from "../numbers.ts";
import { useTexts } from "../texts.ts";
import { uiTexts } from "../ui.texts.ts";

export type Part = { key: string; label: string; count: number; tone: "good" | "middle" | "bad" };
type DistributionBarProps = {
  /** "1,204 answers: promoters, passives, detractors". */
  label: string;
  /** Worst first, as they stand from the start of the line. */
  parts: readonly Part[];
  /** Wraps a part in its link: `(part, bar) => <Link search={{ open: part.key }}>{bar}</Link>`. */
  link?: (part: Part, bar: ReactNode) => ReactNode;
};

/** How answers fall into bands. */
export const DistributionBar = ({ label, parts, link }: DistributionBarProps) => {
  const t = useTexts(uiTexts);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const visible = parts.filter(({ count }) => count > 0);
  const words = (part: Part): string => `${part.label}: ${formatShare(part.count / total)} · ${t("answers", { count: part.count })}`;
  return (
    <div className="distribution" role="group" aria-label={label}>
      {visible.map((part) => {
        const bar = <span className={`distribution-bar tone-${part.tone}`} />;
        return (
          <Tooltip key={part.key} label={words(part)}>
            <span className="distribution-part" style={{ flexGrow: part.count }}>
              {link ? link(part, <><span className="sr-only">{words(part)}</span>{bar}</>) : <><span className="sr-only">{words(part)}</span>{bar}</>}
            </span>
          </Tooltip>
        );
      })}
    </div>
  );
};
