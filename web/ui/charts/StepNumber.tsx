import { formatNumber, formatShare } from "../numbers.ts";

export type Step = { key: string; label: string; count: number };

/** Numbered steps one after another, each with how many came so far and the share of the step before. */
export const StepNumbers = ({ label, steps }: { label: string; steps: readonly Step[] }) => (
  <ol className="steps" aria-label={label}>
    {steps.map((step, index) => (
      <StepNumber key={step.key} step={step} position={index + 1} before={steps[index - 1]?.count} start={steps[0]?.count ?? 0} />
    ))}
  </ol>
);

const StepNumber = ({ step, position, before, start }: { step: Step; position: number; before: number | undefined; start: number }) => (
  <li>
    <span className="steps-label">
      <span className="steps-position" aria-hidden>
        {position}
      </span>
      {step.label}
    </span>
    <span className="steps-count">{formatNumber(step.count)}</span>
    <span className="steps-bar" aria-hidden>
      <i style={{ width: `${start === 0 ? 0 : (100 * step.count) / start}%` }} />
    </span>
    <span className="quiet">{before === undefined || before === 0 ? "\u00a0" : `${formatShare(step.count / before)} →`}</span>
  </li>
);
