import { Skeleton } from "@mantine/core";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type LoadingProps = { kind?: "page" | "card" | "rows" | "stat"; rows?: number };

/** The shape of what is coming, so that nothing jumps when it arrives. */
export const Loading = ({ kind = "card", rows = 6 }: LoadingProps) => {
  const t = useTexts(uiTexts);
  return (
    <div className={`loading loading-${kind}`} role="status" aria-label={t("loading")}>
      {kind === "page" && [132, 320].map((height) => <Skeleton key={height} height={height} radius={12} />)}
      {kind === "card" && <Skeleton height={220} radius={8} />}
      {kind === "stat" && <Skeleton height={104} radius={8} />}
      {kind === "rows" && Array.from({ length: rows }, (_, row) => <Skeleton key={row} height={20} radius={6} width={`${94 - ((row * 17) % 30)}%`} />)}
    </div>
  );
};
