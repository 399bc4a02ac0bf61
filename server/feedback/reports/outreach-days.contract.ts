/** People asked by name on one local day, in one way, language and survey, and those of them who answered by now.
 *  Those asked before a moment, such as the start of a period, are told apart from those after it. */
export type AskedDay = { day: string; surveyId: string; channel: string; language: string; asked: number; answered: number; askedBefore: number; answeredBefore: number };
