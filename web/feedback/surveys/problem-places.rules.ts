import type { DefinitionProblem } from "@firsthand/server/feedback/surveys/definition-problems.rules";

/** Where in the builder a problem is put right, as the outline names places. */
export const placeOf = ({ code, questionId, message }: DefinitionProblem): string => {
  if (questionId !== null) return `question ${questionId}`;
  switch (code) {
    case "accent_hard_to_read":
    case "ink_hard_to_read":
      return "look";
    case "formula_wrong":
    case "formula_unknown_name":
      return "calculations";
    case "shuffle_wrong":
      return "order";
    case "ending_unknown":
    case "same_id_twice":
      return "quotas";
    default:
      return placeInWords(message);
  }
};

// Problems of endings, quotas and the thank-you name them in their sentence only.
const placeInWords = (message: string): string => {
  const ending = /\bending "([a-z][a-z0-9_]*)"/.exec(message)?.[1];
  if (ending !== undefined) return `ending ${ending}`;
  if (/\bquota "/.test(message)) return "quotas";
  return message.startsWith("The thank-you") ? "thanks" : "survey";
};
