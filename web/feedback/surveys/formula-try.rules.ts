import type { Calculation, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { evaluateFormula, namesInFormula, parseFormula } from "@firsthand/server/feedback/surveys/formula.rules";

export type CheckedFormula = { ok: true; names: string[] } | { ok: false; message: string };

/** Whether a formula can be read and names only what is there, in one sentence when not.
 *  @returns the names it needs values for, those of earlier calculations replaced by what they need themselves */
export const checkFormula = (definition: SurveyDefinition, calculation: Calculation): CheckedFormula => {
  const parsed = parseFormula(calculation.formula);
  if (!parsed.ok) return { ok: false, message: parsed.message };
  const earlier = earlierThan(definition, calculation);
  const names = new Set<string>();
  for (const name of namesInFormula(parsed.formula)) {
    const [head = ""] = name.split(".");
    const inner = earlier.find(({ id }) => id === head);
    if (inner === undefined && head !== "trait" && !definition.questions.some(({ id }) => id === head)) {
      return { ok: false, message: `"${name}" is neither a question nor an earlier calculation.` };
    }
    if (inner === undefined) names.add(name);
    else {
      const checked = checkFormula(definition, inner);
      if (checked.ok) for (const needed of checked.names) names.add(needed);
    }
  }
  return { ok: true, names: [...names] };
};

/** What a formula gives for values that are tried out.
 *  @param values by name, as `checkFormula` lists them
 *  @returns null when something is missing, or it divides by zero */
export const tryFormula = (definition: SurveyDefinition, calculation: Calculation, values: Readonly<Record<string, number>>): number | null => {
  const parsed = parseFormula(calculation.formula);
  if (!parsed.ok) return null;
  return evaluateFormula(parsed.formula, (name) => {
    const inner = earlierThan(definition, calculation).find(({ id }) => id === name);
    return inner === undefined ? (values[name] ?? null) : tryFormula(definition, inner, values);
  });
};

// Only earlier ones count, so that no calculation can lead to itself.
const earlierThan = ({ calculations = [] }: SurveyDefinition, { id }: Calculation): Calculation[] => calculations.slice(0, Math.max(0, calculations.findIndex((one) => one.id === id)));
