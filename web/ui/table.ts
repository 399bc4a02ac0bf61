import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useMemo, useReducer } from "react";

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
  /** Offered on a phone and not shown at first: the room there is for what tells rows apart. */
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

type ShownColumns<Row> = {
  shown: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  /** Something is left out until it is asked for. */
  hidesSome: boolean;
  toggle: (key: string) => void;
  reset: () => void;
};

/** Keys of the columns that are left out until they are asked for. */
export const hiddenAtFirst = <Row>(columns: readonly Column<Row>[], isPhone: boolean): string[] =>
  columns.filter(({ isHiddenAtFirst, isWide }) => isHiddenAtFirst === true || (isPhone && isWide === true)).map(({ key }) => key);

/** Which columns this member wants to see, remembered in the browser per table; for a phone by themselves, as it has less room. */
export const useShownColumns = <Row>(name: string, columns: readonly Column<Row>[]): ShownColumns<Row> => {
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const place = `firsthand.columns.${name}${isPhone ? ".phone" : ""}`;
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const chosen = localStorage.getItem(place);
  const first = useMemo(() => hiddenAtFirst(columns, isPhone), [columns, isPhone]);
  const hidden = useMemo(() => new Set(chosen?.split(",").filter(Boolean) ?? first), [chosen, first]);
  const shown = useMemo(() => columns.filter(({ key, isFixed }) => isFixed || !hidden.has(key)), [columns, hidden]);
  const toggle = (key: string): void => {
    localStorage.setItem(place, (hidden.has(key) ? [...hidden].filter((other) => other !== key) : [...hidden, key]).join(","));
    drawAgain();
  };
  const reset = (): void => {
    localStorage.removeItem(place);
    drawAgain();
  };
  return { shown, hidden, hidesSome: first.length > 0, toggle, reset };
};
