import type { Conversion } from "./convert.rules.ts";
import type { DryRun, ScoreTally } from "./imports.contract.ts";

type Tally = { kind: string; answers: number; sum: number; values: Map<number, number> };

const mostCustomers = 1_000_000;
const mostValues = 101;

/** Counts what an import would do. Memory is bounded: customers are counted up to a million, score values up to 101 a column.
 *  @param columns in the order of the file; scores are told in it, those of a known kind before other ratings */
export const createDryRun = (columns: readonly string[]) => {
  const customers = new Set<string>();
  const refusals = new Map<string, DryRun["refusals"][number]>();
  const scores = new Map<string, Tally>();
  const counts = { rows: 0, accepted: 0, refused: 0, withoutCustomer: 0, perceptions: 0 };
  let earliest: string | null = null;
  let latest: string | null = null;

  const countScore = (column: string, kind: string, value: number): void => {
    const tally = scores.get(column) ?? { kind, answers: 0, sum: 0, values: new Map<number, number>() };
    scores.set(column, tally);
    tally.answers += 1;
    tally.sum += value;
    if (tally.values.has(value) || tally.values.size < mostValues) tally.values.set(value, (tally.values.get(value) ?? 0) + 1);
  };

  const add = (number: number, conversion: Conversion): void => {
    counts.rows += 1;
    if (!conversion.ok) {
      counts.refused += 1;
      const { code, reason } = conversion.problem;
      const known = refusals.get(code);
      refusals.set(code, { code, count: (known?.count ?? 0) + 1, example: known?.example ?? { row: number, reason } });
      return;
    }
    const { interaction, perceptions } = conversion.row;
    counts.accepted += 1;
    counts.perceptions += perceptions.length;
    if (interaction.subject === null) counts.withoutCustomer += 1;
    else if (customers.size < mostCustomers) customers.add(interaction.subject);
    // ISO texts of one zone sort as the instants they name.
    if (earliest === null || interaction.at < earliest) earliest = interaction.at;
    if (latest === null || interaction.at > latest) latest = interaction.at;
    for (const { properties, kind, value } of perceptions) {
      const column = properties?.["question"];
      if (value !== null && typeof column === "string") countScore(column, kind, value);
    }
  };

  const place = ({ kind, column }: ScoreTally): number => (kind === "rating" ? columns.length : 0) + columns.indexOf(column);

  const result = (): DryRun => ({
    ...counts,
    customers: customers.size,
    earliest,
    latest,
    scores: [...scores].map(([column, tally]) => showTally(column, tally)).sort((a, b) => place(a) - place(b)),
    refusals: [...refusals.values()].sort((a, b) => b.count - a.count),
  });

  return { add, result };
};

const showTally = (column: string, tally: Tally): ScoreTally => ({
  column,
  kind: tally.kind,
  answers: tally.answers,
  mean: tally.answers === 0 ? null : tally.sum / tally.answers,
  values: [...tally.values].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value),
});
