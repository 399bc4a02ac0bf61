// What became of everything that stood in a file of events.

/** Nothing is left out without being counted here. */
export type ReadingReport = {
  /** Events that are in the log. */
  events: number;
  withoutName: number;
  withoutTime: number;
  /** Events whose time could not be read. */
  unreadableTimes: number;
  withoutCase: number;
  /** Rows that are not as wide as the header, and other faults of form. */
  brokenRows: number;
  emptyCases: number;
  /** Characters that are not of the encoding. */
  wrongCharacters: number;
  /** A few of the faults in words, with their lines. */
  examples: string[];
};

export const emptyReport = (): ReadingReport => ({ events: 0, withoutName: 0, withoutTime: 0, unreadableTimes: 0, withoutCase: 0, brokenRows: 0, emptyCases: 0, wrongCharacters: 0, examples: [] });

const EXAMPLES_MAX = 5;

type Fault = "withoutName" | "withoutTime" | "unreadableTimes" | "withoutCase" | "brokenRows";

export const noteFault = (report: ReadingReport, fault: Fault, say: () => string): void => {
  report[fault] += 1;
  if (report.examples.length < EXAMPLES_MAX) report.examples.push(say());
};

/** A value as it may be shown in a message: short and without control characters. */
export const showValue = (value: string): string => `"${value.slice(0, 40).replaceAll(/\p{Cc}/gu, " ")}"`;
