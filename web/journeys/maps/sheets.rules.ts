/** The most steps an A3 sheet shows so that they can still be read from an arm's length. */
const STEPS_MAX = 10;

/** Columns shared out evenly among as few sheets as they need, in order.
 *  @returns at least one sheet when there are columns */
export const sheetsOf = <Column>(columns: readonly Column[]): Column[][] => {
  const count = Math.ceil(columns.length / STEPS_MAX);
  return Array.from({ length: count }, (_, sheet) => columns.slice(Math.round((sheet * columns.length) / count), Math.round(((sheet + 1) * columns.length) / count)));
};
