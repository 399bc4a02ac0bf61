import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useMemo, useRef, useState } from "react";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorState } from "./ErrorState.tsx";
import { Loading } from "./Loading.tsx";
import { type Column, type Sort, sortRows, useShownColumns } from "./table.ts";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";

type DataTableProps<Row> = {
  /** Remembers the chosen columns under this name. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** Given together when the server sorts; else the table sorts what it has. */
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  /** Called when the end comes near, for lists that load page by page. */
  onEnd?: () => void;
  isLoading?: boolean;
  isLoadingMore?: boolean;
  error?: unknown;
  onRetry?: () => void;
  empty?: ReactNode;
  /** Of the scrolling part; a short list is only as high as its rows. */
  maxHeight?: number | string;
  toolbar?: ReactNode;
};

const rowHeight = 37;

/** A table for ten rows or a hundred thousand: virtualised, sortable, with a sticky header, a column chooser and arrow keys. */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { name, columns, rows, toolbar, error, isLoading = false, empty, maxHeight = "calc(100dvh - 190px)" } = props;
  const t = useTexts(uiTexts);
  const { shown, hidden, hidesSome, toggle, reset } = useShownColumns(name, columns);
  const isEmpty = !isLoading && rows.length === 0;
  // Five columns fit: only a wider table, or one that hides some, needs the chooser.
  const hasChoice = !isEmpty && (columns.length > 5 || hidesSome);
  return (
    <div className="table">
      {(toolbar !== undefined || hasChoice) && (
        <div className="table-toolbar">
          <div className="table-toolbar-start">{toolbar}</div>
          {hasChoice && <ColumnChooser columns={columns} hidden={hidden} onToggle={toggle} onReset={reset} />}
        </div>
      )}
      {error ? (
        <ErrorState error={error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
      ) : isLoading ? (
        <Loading kind="rows" rows={8} />
      ) : isEmpty ? (
        (empty ?? <EmptyState title={t("noRows")} />)
      ) : (
        <TableBody {...props} shown={shown} maxHeight={maxHeight} />
      )}
    </div>
  );
};

const TableBody = <Row,>(props: DataTableProps<Row> & { shown: readonly Column<Row>[] }) => {
  const { label, columns, shown, rows, rowKey, onOpen, onEnd, isLoadingMore = false, maxHeight } = props;
  const t = useTexts(uiTexts);
  const [ownSort, setOwnSort] = useState<Sort | null>(null);
  const sort = props.onSort ? (props.sort ?? null) : ownSort;
  const sorted = useMemo(() => (props.onSort ? rows : sortRows(rows, columns, sort)), [props.onSort, rows, columns, sort]);
  const unseen = sort === null ? undefined : columns.find((column) => column.key === sort.key && !shown.includes(column));
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (list) => {
      const last = list.getVirtualItems().at(-1)?.index ?? 0;
      if (onEnd && last >= sorted.length - 8) onEnd();
    },
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const press = (event: KeyboardEvent<HTMLTableRowElement>, index: number): void => {
    if (!isInside(event)) return;
    const row = sorted[index];
    if (event.key === "Enter" && event.target === event.currentTarget && onOpen && row !== undefined) onOpen(row);
    const next = nextIndex(event.key, index, sorted.length);
    if (next === null) return;
    event.preventDefault();
    if (!focusRow(scroller.current, next)) virtual.scrollToIndex(next);
    // A row further away is drawn after the scroll.
    requestAnimationFrame(() => focusRow(scroller.current, next));
  };
  return (
    <div className="table-scroll" ref={scroller} style={{ maxHeight }} tabIndex={-1}>
      <table aria-label={label} aria-rowcount={sorted.length + 1}>
        {unseen !== undefined && <caption>{t(sort?.direction === "descending" ? "sortedDown" : "sortedUp", { column: unseen.label })}</caption>}
        <thead>
          <tr>
            {shown.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={props.onSort ?? setOwnSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} span={shown.length} />
          {items.map(({ index }) => {
            const row = sorted[index];
            if (row === undefined) return null;
            return (
              <tr
                key={rowKey(row)}
                data-index={index}
                aria-rowindex={index + 2}
                tabIndex={index === (items[0]?.index ?? 0) ? 0 : -1}
                className={onOpen ? "table-row-open" : undefined}
                onClick={(event) => onOpen && isInside(event) && !isOnControl(event.target) && onOpen(row)}
                onKeyDown={(event) => press(event, index)}
              >
                {shown.map((column) => (
                  <td key={column.key} className={cellClass(column)} style={{ maxWidth: column.maxWidth }}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={below} span={shown.length} />
        </tbody>
      </table>
      {isLoadingMore && (
        <p className="table-more" role="status">
          {t("loading")}…
        </p>
      )}
    </div>
  );
};

// Two empty rows stand for all rows that are not drawn, so the scroll bar tells the truth.
const Spacer = ({ height, span }: { height: number; span: number }) =>
  height <= 0 ? null : (
    <tr aria-hidden className="table-spacer">
      <td colSpan={span} style={{ height }} />
    </tr>
  );

type HeaderCellProps<Row> = { column: Column<Row>; sort: Sort | null; onSort: (sort: Sort | null) => void };

const HeaderCell = <Row,>({ column, sort, onSort }: HeaderCellProps<Row>) => {
  const t = useTexts(uiTexts);
  const direction = sort?.key === column.key ? sort.direction : null;
  const next: Sort | null =
    direction === null ? { key: column.key, direction: "ascending" } : direction === "ascending" ? { key: column.key, direction: "descending" } : null;
  return (
    <th
      scope="col"
      style={column.isGrowing ? { minWidth: column.width } : { width: column.width }}
      className={cellClass(column)}
      aria-sort={column.isSortable ? (direction ?? "none") : undefined}
    >
      {column.isSortable ? (
        <button type="button" className="table-sort" title={t("sortBy", { column: column.label })} onClick={() => onSort(next)}>
          {column.label}
          <span aria-hidden className={direction === null ? "table-sort-none" : undefined}>
            {direction === "descending" ? "↓" : "↑"}
          </span>
        </button>
      ) : (
        column.label
      )}
    </th>
  );
};

const cellClass = <Row,>({ align, isGrowing }: Column<Row>): string | undefined => (isGrowing ? "cell-growing" : align === "end" ? "cell-end" : undefined);

const nextIndex = (key: string, index: number, count: number): number | null => {
  const moves: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + 15, PageUp: index - 15, Home: 0, End: count - 1 };
  const next = moves[key];
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next));
};

const focusRow = (scroller: HTMLElement | null, index: number): boolean => {
  const row = scroller?.querySelector<HTMLElement>(`tr[data-index="${index}"]`);
  row?.focus();
  return row !== undefined && row !== null;
};

// Menus and dialogs of a cell are drawn elsewhere in the page, yet React hands their clicks and keys to the row.
const isInside = ({ currentTarget, target }: SyntheticEvent<HTMLElement>): boolean => target instanceof Node && currentTarget.contains(target);

const isOnControl = (target: EventTarget): boolean => target instanceof Element && target.closest("a, button, input, label, select") !== null;
