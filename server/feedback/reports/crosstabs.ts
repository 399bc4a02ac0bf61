// One question across another, a circumstance, a trait or segments.
import type { Services } from "#platform/services";
import type { AskedQuestion } from "./asked-questions.rules.ts";
import { labelsOf } from "./group-names.ts";
import { crosstabulate } from "./crosstab.rules.ts";
import type { Axis } from "./report-pieces.queries.ts";
import { axisOf, readAsked, requireQuestion, within } from "./report-selection.ts";
import type { Asked } from "./report-selection.ts";
import type { Correction, Crosstab, ReportFilters } from "./reports.contract.ts";
import { countBoxes, countPairs } from "./reports.queries.ts";
import type { BoxCount, PairCount } from "./reports.queries.ts";
import { overlap, readSegments } from "./segment-members.ts";
import { refuseSmallGroup, showsSmallGroups, withoutSmallGroups, withoutTraceable } from "./small-groups.ts";
import { weighAsked, type Weighted } from "./weightings.ts";

const COLUMNS_MAX = 40;
const OF_SEGMENTS = "by:segment";

export type CrosstabAsked = ReportFilters & { rows: string; columns: string; correction: Correction; weighted?: boolean | undefined; compared?: readonly string[] | undefined };
type Column = { key: string; label: string };
type Counted = { pairs: PairCount[]; columns: Column[]; axis: Axis | null; overlaps: boolean };
type Row = { question: AskedQuestion; part: string };

/** A question down the side against another question, a circumstance, a trait or segments across the top. */
export const showCrosstab = async (services: Services, workspaceId: string, surveyId: string, query: CrosstabAsked): Promise<Crosstab> => {
  const asked = await readAsked(services, workspaceId, surveyId, query);
  const [rowId = "", part = ""] = query.rows.split(".", 2);
  const row = { question: requireQuestion(asked.questions, rowId), part };
  const axis = query.columns === OF_SEGMENTS ? null : axisOf(query.columns.replace(/^by:/, ""), asked.questions);
  await refuseSmallGroup(services, asked);
  const weighted = await weighAsked(services, asked, query.weighted);
  const counted = axis === null ? await countSegments(services, asked, row, { ids: query.compared ?? [], weighted }) : await countColumns(services, asked, row, { axis, weighted });
  const marks = counted.pairs.filter(({ kind }) => kind !== "answered");
  const bases = basesIn(counted.pairs);
  const { shown: columns, hidden } = await hideSmall(services, asked, row, counted, bases);
  const rows = orderedColumns([...new Set(marks.map(keyOf))], row.question).filter(({ key }) => key !== "");
  const [byCell, byColumn] = [Map.groupBy(marks, (pair) => cellOf(keyOf(pair), pair.column)), Map.groupBy(bases, ({ column }) => column)];
  const cells = (read: (pair: PairCount) => number): number[][] => rows.map(({ key }) => columns.map((column) => add(byCell.get(cellOf(key, column.key)) ?? [], read)));
  const table = crosstabulate({
    rows, columns, correction: query.correction, counts: cells(countOf), columnsOverlap: counted.overlaps, rowsOverlap: hasSeveral(row.question, part),
    weights: weighted === null ? null : {
      cells: cells(({ weights }) => weights),
      columns: columns.map(({ key }) => byColumn.get(key) ?? []).map((own) => ({ weights: add(own, ({ weights }) => weights), squaredWeights: add(own, ({ squaredWeights }) => squaredWeights) })),
    },
  });
  return { rows: { question: query.rows, title: titleOf(row) }, ...table, correction: query.correction, isWeighted: weighted !== null, hiddenGroups: hidden, overlaps: counted.overlaps };
};

const countColumns = async (services: Services, asked: Asked, row: Row, given: { axis: Axis; weighted: Weighted | null }): Promise<Counted> => {
  const { axis, weighted } = given;
  const { analytics } = services;
  const pairs = axis.kind === "cell" || axis.kind === "time"
    ? (await countBoxes(analytics, asked.selection, { by: axis, question: row.question.id, ...weighing(weighted) })).filter((box) => isOfRow(box, row.part)).map((box) => ({ ...box, column: box.group }))
    : await countPairs(analytics, asked.selection, { question: row.question.id, part: row.part }, axis, weighted?.weights);
  const question = axis.kind === "question" ? (asked.questions.find(({ id }) => id === axis.question) ?? null) : null;
  const labels = await labelsOf(services, asked, axis);
  const columns = orderedColumns([...new Set(pairs.map(({ column }) => column))], question).map(({ key, label }) => ({ key, label: labels.get(key) ?? label }));
  return { pairs, columns, axis, overlaps: question !== null && axis.kind === "question" && hasSeveral(question, axis.part) };
};

const countSegments = async (services: Services, asked: Asked, row: Row, given: { ids: readonly string[]; weighted: Weighted | null }): Promise<Counted> => {
  const segments = await readSegments(services, asked.survey.workspaceId, [asked.survey.id], given.ids);
  const pairs = await Promise.all(segments.map(async (segment) =>
    (await countBoxes(services.analytics, within(asked, segment), { question: row.question.id, ...weighing(given.weighted) })).filter((box) => isOfRow(box, row.part)).map((box) => ({ ...box, column: segment.id }))));
  return { pairs: pairs.flat(), columns: segments.map(({ id, name }) => ({ key: id, label: name })), axis: null, overlaps: overlap(segments) };
};

const weighing = (weighted: Weighted | null) => (weighted === null ? {} : { weights: weighted.weights });

// The report says what everybody answered, so that whoever is in no column could be worked out from the table too.
const hideSmall = async (services: Services, asked: Asked, row: Row, { columns, axis, overlaps }: Counted, bases: readonly PairCount[]) => {
  const counted = columns.slice(0, COLUMNS_MAX).map((column) => ({ ...column, count: add(bases.filter((pair) => pair.column === column.key), countOf) }));
  const leavesOut = !showsSmallGroups(asked.survey) && (axis === null || axis.kind === "question");
  const everybody = leavesOut ? add(basesIn((await countBoxes(services.analytics, asked.selection, { question: row.question.id })).filter((box) => isOfRow(box, row.part))), countOf) : add(bases, countOf);
  const isAlone = axis === null && columns.length === 1;
  return overlaps || isAlone ? withoutTraceable(asked.survey, everybody, counted) : withoutSmallGroups(asked.survey, axis, counted, everybody - add(counted, countOf));
};

// Where several marks can follow one answer, one more says that it was given; else every mark is an answer.
const basesIn = <Pair extends { kind: string }>(pairs: readonly Pair[]): Pair[] => {
  const answered = pairs.filter(({ kind }) => kind === "answered");
  return answered.length > 0 ? answered : [...pairs];
};

// A score stands in the part of its scale; options stand in the part of their row.
const isOfRow = (box: BoxCount, part: string): boolean => box.kind === "score" || ((box.kind === "choice" || box.kind === "answered") && box.part === part);

const cellOf = (row: string, column: string): string => `${row}\n${column}`;
const keyOf = (pair: { choice: string; number: number | null }): string => (pair.number === null ? pair.choice : String(pair.number));
const countOf = ({ count }: { count: number }): number => count;
const add = <Pair>(pairs: readonly Pair[], read: (pair: Pair) => number): number => pairs.reduce((all, pair) => all + read(pair), 0);
const hasSeveral = (question: AskedQuestion, part: string): boolean => question.type === "multi" || question.type === "picture" || (question.type === "matrix" && part === "");

const titleOf = ({ question, part }: Row): string => {
  const row = question.rows.find(({ key }) => key === part);
  return row === undefined ? question.title : `${question.title}: ${row.label}`;
};

// In the order of the options where the question has some; numbers by size, else by name.
const orderedColumns = (keys: readonly string[], question: AskedQuestion | null): Column[] => {
  const places = new Map((question?.options ?? []).map(({ key }, index) => [key, index]));
  const labels = new Map((question?.options ?? []).map(({ key, label }) => [key, label]));
  return keys
    .map((key) => ({ key, label: labels.get(key) ?? key }))
    .toSorted((one, other) => (places.get(one.key) ?? 1e6) - (places.get(other.key) ?? 1e6) || Number(one.key) - Number(other.key) || (one.key < other.key ? -1 : 1));
};
