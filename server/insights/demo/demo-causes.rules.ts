import type { Need, NeedLabel } from "./demo-model.rules.ts";
import type { complaints } from "./demo-phrases-complaint.rules.ts";
import { praise } from "./demo-phrases-praise.rules.ts";

export type PraiseCause = keyof typeof praise;
export type ComplaintCause = keyof typeof complaints;
export type Cause = PraiseCause | ComplaintCause;

/** What each cause says about the six needs; causes about the thing, its price or nothing in particular say nothing. */
const needOf: Partial<Record<Cause, Need>> = {
  on_time: "PROMISE", late: "PROMISE", missing: "PROMISE", callback_kept: "PROMISE", callback_broken: "PROMISE",
  informed: "INFORM", silent: "INFORM", price_up_silent: "INFORM",
  app_easy: "EASY", site_easy: "EASY", quick_answer: "EASY", app_crash: "EASY", site_hard: "EASY", hold: "EASY", queue: "EASY",
  kind: "INDIVID", advice: "INDIVID", rude: "INDIVID", loyal_slighted: "INDIVID",
  refund_fast: "RIGHT", fixed: "RIGHT", refund_slow: "RIGHT", unfixed: "RIGHT",
  as_described: "EXPECT", misdescribed: "EXPECT",
};

export const isPraise = (cause: Cause): cause is PraiseCause => cause in praise;

/** The needs a comment about these causes speaks of, each once per polarity. */
export const labelsOf = (causes: readonly Cause[]): readonly NeedLabel[] => {
  const labels = new Map<string, NeedLabel>();
  for (const cause of causes) {
    const need = needOf[cause];
    const polarity = isPraise(cause) ? "pos" : "neg";
    if (need !== undefined) labels.set(need + polarity, { need, polarity });
  }
  return [...labels.values()];
};
