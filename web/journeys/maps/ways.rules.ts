import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { listForks } from "@firsthand/server/journeys/maps/forks.rules";
import type { MapColumn } from "./grid.rules.ts";

/** Where a step lies among the ways of its fork. `way` counts from 0, in the order they are drawn. */
export type WayMark = { way: number; isFirstOfWay: boolean };

/** Of the steps that lie on one of several ways, which way that is, by their id. */
export const waysOf = (steps: readonly MapStep[]): Map<string, WayMark> => {
  const marks = new Map<string, WayMark>();
  for (const { ways } of listForks(steps)) {
    for (const [way, places] of ways.entries()) {
      for (const [order, place] of places.entries()) {
        const id = steps[place]?.id;
        if (id !== undefined) marks.set(id, { way, isFirstOfWay: order === 0 });
      }
    }
  }
  return marks;
};

/** The lines a curve over the columns is made of: one along the first way of every fork, and one for each other way, from the column where it leaves the
 *  first to the one where it comes back.
 *  @returns places of columns, from the left */
export const strandsOf = (columns: readonly MapColumn[]): number[][] => {
  const places = columns.flatMap(({ step }, column) => (step === null ? [] : [column]));
  const forks = listForks(columns.flatMap(({ step }) => step ?? [])).map(({ ways }) => ways.map((way) => way.flatMap((place) => places[place] ?? [])));
  const aside = new Set(forks.flatMap(([, ...others]) => others.flat()));
  const main = columns.map((_, column) => column).filter((column) => !aside.has(column));
  const others = forks.flatMap(([first = [], ...ways]) => {
    const [begin, end] = [first[0] ?? 0, ways.at(-1)?.at(-1) ?? 0];
    const [before, after] = [main.findLast((column) => column < begin), main.find((column) => column > end)];
    return ways.map((way) => [...(before === undefined ? [] : [before]), ...way, ...(after === undefined ? [] : [after])]);
  });
  return [main, ...others];
};
