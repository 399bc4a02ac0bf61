/** People asked by name on one local day, in one way, language and survey, and those of them who answered by now.
 *  `isBefore` tells those asked before a moment, such as the start of a period, from those after it; a day that both fall on has a row for each.
 *  `settled` are those who have had the days in which an answer counts for comparisons, `settledAnswered` those of them who answered within these days. */
export type AskedDay = {
  day: string; surveyId: string; channel: string; language: string; isBefore: boolean; asked: number; answered: number; settled: number; settledAnswered: number;
};
