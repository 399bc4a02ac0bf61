import { type ReactNode, useMemo, useState } from "react";

export type Column<Row> = {
  key: string;
  label: string;
  render: (row: Row) => ReactNode;
  /** What sorting compares; needed when the table itself sorts. */
  value?: (row: Row) => string | number | null;
  isSortable?: boolean;
  align?: "start" | "end";
  width?: number | string;
  /** Longer contents are cut at so many pixels. */
  maxWidth?: number;
  /** Takes what room the others leave, and at least its `width`. */
  isGrowing?: boolean;
  /** Offered in the chooser, not shown at first. */
  isHiddenAtFirst?: boolean;
  /** Left out on a phone, where the room is for what tells rows apart. */
  isWide?: boolean;
  /** Cannot be hidden: the name of the row. */
  isFixed?: boolean;
};

export type Sort = { key: string; direction: "ascending" | "descending" };

/** Rows in the order asked for; empty values last either way, ties as they came. */
export const sortRows = <Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] => {
  const value = columns.find(({ key }) => key === sort?.key)?.value;
  if (sort === null || value === undefined) return rows;
  const sign = sort.direction === "ascending" ? 1 : -1;
  return rows.toSorted((first, second) => compare(value(first), value(second), sign));
};

const compare = (first: string | number | null, second: string | number | null, sign: number): number => {
  if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1;
  if (typeof first === "number" && typeof second === "number") return sign * (first - second);
  return sign * String(first).localeCompare(String(second), undefined, { numeric: true });
};

type ShownColumns<Row> = { shown: readonly Column<Row>[]; hidden: ReadonlySet<string>; toggle: (key: string) => void; reset: () => void };

/** Which columns this member wants to see, remembered in the browser per table. */
export const useShownColumns = <Row>(name: string, columns: readonly Column<Row>[]): ShownColumns<Row> => {
  const place = `firsthand.columns.${name}`;
  const [chosen, setChosen] = useState<readonly string[] | null>(() => readChoice(place));
  const hidden = useMemo(
    () => new Set(chosen ?? columns.filter(({ isHiddenAtFirst }) => isHiddenAtFirst).map(({ key }) => key)),
    [chosen, columns],
  );
  const shown = useMemo(() => columns.filter(({ key, isFixed }) => isFixed || !hidden.has(key)), [columns, hidden]);
  const toggle = (key: string): void => {
    const next = hidden.has(key) ? [...hidden].filter((other) => other !== key) : [...hidden, key];
    localStorage.setItem(place, next.join(","));
    setChosen(next);
  };
  const reset = (): void => {
    localStorage.removeItem(place);
    setChosen(null);
  };
  return { shown, hidden, toggle, reset };
};

const readChoice = (place: string): readonly string[] | null => localStorage.getItem(place)?.split(",").filter(Boolean) ?? null;
