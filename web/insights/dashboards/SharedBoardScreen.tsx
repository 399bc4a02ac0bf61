import { PasswordInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTypedSearch } from "../../shell/search.ts";
import { formatMoment } from "../../ui/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { useFields } from "../../ui/fields.ts";
import { ActiveFilters, type Filter, FilterBar } from "../../ui/FilterBar.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { describePeriod, type Period, readPeriod } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { BoardGrid } from "./BoardGrid.tsx";
import { aboveOf, type BoardSearch, readBoardSearch } from "./board-search.ts";
import { askPass, type SharedBoard, useSharedBoard, useSharedNumbers } from "./shares.data.ts";
import { sharesTexts } from "./shares.texts.ts";
import { describeFilters } from "./tile-words.ts";
import { createTileStates } from "./tile-states.ts";
import "../metrics/home.css";
import "./dashboards.css";
import "./shared-board.css";

type Open = Extract<SharedBoard, { state: "open" }>;

/** A board as somebody outside sees it, who has no more than its link. */
export const SharedBoardScreen = () => {
  const t = useTexts(sharesTexts);
  const { secret = "" } = useParams({ strict: false });
  const [pass, setPass] = useState<string | undefined>();
  const board = useSharedBoard(secret, pass);
  if (board.isPending) return <main className="shared-board"><Loading kind="page" /></main>;
  if (board.isError) return <main className="shared-board"><EmptyState title={t("goneTitle")} body={messageOf(board.error)} /></main>;
  if (board.data.state === "locked") return <Locked secret={secret} onPass={setPass} />;
  return <OpenShare secret={secret} pass={pass} board={board.data} />;
};

const Locked = ({ secret, onPass }: { secret: string; onPass: (pass: string) => void }) => {
  const t = useTexts(sharesTexts);
  const fields = useFields({ password: "" });
  return (
    <main className="shared-door card">
      <h1>{t("lockedTitle")}</h1>
      <Form submitLabel={t("open")} isFullWidth onSubmit={async () => onPass(await askPass(secret, fields.values.password))}>
        <PasswordInput {...fields.text("password")} label={t("password")} autoComplete="off" data-autofocus />
      </Form>
    </main>
  );
};

const OpenShare = ({ secret, pass, board }: { secret: string; pass: string | undefined; board: Open }) => {
  const t = useTexts(sharesTexts);
  const [search, change] = useTypedSearch(readBoardSearch);
  const period = periodOfShare(board, search);
  const filters = filtersOfShare(board, search);
  const chosen = Object.fromEntries(filters.flatMap(({ name, value }) => (typeof value === "string" ? [[name, [value]]] : [])));
  const numbers = useSharedNumbers(secret, { pass, filters: board.isFilterable ? chosen : {}, ...(board.isFilterable ? { period: aboveOf(period, search.filters).period } : {}) });
  const isReady = board.tiles.every(({ chart }) => chart === "note") || numbers.isSuccess || numbers.isError;
  // Whoever prints the page waits for this.
  useEffect(() => {
    document.title = `${board.name} · ${board.organisation}`;
    document.documentElement.dataset.board = isReady ? "ready" : "waiting";
  }, [board.name, board.organisation, isReady]);
  const days = numbers.data === undefined ? period : { preset: "own" as const, ...numbers.data.period };
  return (
    <main className="shared-board">
      <header className="shared-head">
        <div>
          <h1 dir="auto">{board.name}</h1>
          <p className="quiet">
            {[t("from", { organisation: board.organisation }), describePeriod(days), describeFilters(board.filters), numbers.dataUpdatedAt > 0 && t("asOf", { time: formatMoment(new Date(numbers.dataUpdatedAt), board.timeZone) })].filter(Boolean).join(" · ")}
          </p>
        </div>
        {board.isFilterable && <div className="page-header-actions shared-filters"><FilterBar period={period} filters={filters} onChange={change} /></div>}
      </header>
      {board.isFilterable && <ActiveFilters filters={filters} onChange={change} />}
      <BoardGrid name={board.name} tiles={board.tiles} stateOf={createTileStates(numbers)} annotations={[]} timeZone={board.timeZone} />
    </main>
  );
};

const periodOfShare = ({ period, isFilterable }: Open, { periodText }: BoardSearch): Period => {
  const own = "preset" in period ? readPeriod({}, undefined, period.preset) : readPeriod(period);
  return isFilterable && Object.values(periodText).some((value) => value !== undefined) ? readPeriod(periodText) : own;
};

const filtersOfShare = ({ choices }: Open, { filters }: BoardSearch): Filter[] =>
  choices
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }): Filter => ({ kind: "select", name, label: nameOfSplit(name), value: filters[name], options: values }));
