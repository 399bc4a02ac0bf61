import { Progress } from "@mantine/core";

type ProgressBarProps = { label: string; done: number; of: number; note?: string; tone?: "brand" | "good" | "bad" };

/** How far a long piece of work is. */
export const ProgressBar = ({ label, done, of, note, tone = "brand" }: ProgressBarProps) => {
  const percent = of === 0 ? 0 : Math.min(100, (100 * done) / of);
  const colour = { brand: "var(--brand)", good: "var(--pro)", bad: "var(--det)" }[tone];
  return (
    <div className="progress">
      <div className="progress-head">
        <span>{label}</span>
        <span className="quiet">{note ?? `${Math.floor(percent)}%`}</span>
      </div>
      <Progress.Root size={8}>
        <Progress.Section value={percent} color={colour} aria-label={label} />
      </Progress.Root>
    </div>
  );
};
