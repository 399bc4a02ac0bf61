/** One broken rule: which one, where, and what to do about it. */
export type Problem = { rule: string; path: string; message: string };

export const describeProblem = (problem: Problem): string => `${problem.path}: ${problem.message} [${problem.rule}]`;
