import type { Answers, Quota, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { calculate, endingOf, quotasOf } from "../surveys/survey-path.rules.ts";
import { EXCLUDING_FLAGS } from "./protection.rules.ts";
import type { ResponseOutcome } from "./responses.contract.ts";

/** What a complete response is worth before its quotas are asked. */
export type Judgement = {
  outcome: Exclude<ResponseOutcome, "over_quota">;
  endingId: string | null;
  calculations: Record<string, number | null> | null;
  /** Quotas it needs a place in; none when it does not count anyway. */
  quotas: Quota[];
};

/** Whether a complete response counts, which ending its person sees, and what the survey calculates.
 *  @param flags what was noticed when it came in */
export function judgeAnswers(definition: SurveyDefinition, answers: Answers, context: SurveyContext, flags: readonly string[]): Judgement {
  const ending = endingOf(definition, answers, context);
  const calculations = Object.fromEntries(calculate(definition, answers, context).map(({ id, value }) => [id, value]));
  const outcome = ending?.isScreenOut === true ? "screened_out" : isExcluded(flags) ? "flagged" : "counted";
  return {
    outcome, endingId: ending?.id ?? null, calculations: Object.keys(calculations).length === 0 ? null : calculations,
    quotas: outcome === "counted" ? quotasOf(definition, answers, context) : [],
  };
}

export function isExcluded(flags: readonly string[]): boolean {
  return EXCLUDING_FLAGS.some((flag) => flags.includes(flag));
}
