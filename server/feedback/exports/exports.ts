import { Readable } from "node:stream";
import type { Actor } from "#platform/access";
import { AppError, FileReply, withStallLimit } from "#platform/http";
import type { Services } from "#platform/services";
import { stringify } from "csv-stringify/sync";
import { reportErrors } from "../reports/reports.errors.ts";
import { filterWanted } from "../responses/response-list.ts";
import { getSurvey } from "../surveys/surveys.ts";
import { columnsOf } from "./columns.rules.ts";
import type { ExportColumn } from "./columns.rules.ts";
import type { ExportQuery } from "./exports.contract.ts";
import { copyRows } from "./copied-rows.ts";
import { copiedTable, exportJson, exportText, fetchRows, listVersionsOf, openCursor, widthsText } from "./exports.queries.ts";
import type { ExportSelection } from "./exports.queries.ts";
import { createSavRows, savHeader, savVariables } from "./sav.rules.ts";
import { SHEET_ROWS_MAX, workbookStream } from "./sheet-writer.ts";
import type { Cell } from "./sheet-writer.ts";

/** Characters fetched at once, about: enough to keep the database busy, few enough to hold in memory several times over. */
const PORTION_CHARACTERS = 1_000_000;
const ROWS_AT_FIRST = 100;
const ROWS_AT_ONCE = 2_000;
/** PostgreSQL gives at most 1,664 columns at once. Source: PostgreSQL manual, appendix K, "PostgreSQL limits". */
const COLUMNS_MAX = 1_600;

/** @property stallMs how long a reader may take nothing while bytes wait for it: a download that hangs must not keep a connection to the database
 *  @property sheetRowsMax rows of a sheet with its heading */
export type ExportLimits = { stallMs: number; sheetRowsMax: number };
export const USUAL_LIMITS: ExportLimits = { stallMs: 120_000, sheetRowsMax: SHEET_ROWS_MAX };

/** Every response of a survey as comma-separated values, with labels in words. PostgreSQL writes the lines itself, so size does not matter. */
export const exportCsv = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery, limits: ExportLimits = USUAL_LIMITS): Promise<FileReply> => {
  const { name, columns, selection } = await prepareTable(services, actor, surveyId, query);
  const heading = stringify([columns.map((column) => column.name)], { bom: true, escape_formulas: true });
  const body = await copyRows(services.db, { heading, table: copiedTable(columns, selection) });
  return fileOf(body, { contentType: "text/csv; charset=utf-8", fileName: `${name}.csv` }, limits);
};

/** The same as a workbook; a sheet that is full is followed by another. */
export const exportXlsx = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery, limits: ExportLimits = USUAL_LIMITS): Promise<FileReply> => {
  const { name, columns, selection } = await prepareTable(services, actor, surveyId, query);
  const rows = cellsOf(columns, rowsOf(services, exportText(columns, selection, "codes")));
  const body = workbookStream({ heading: columns.map(({ label }) => label), rows, sheetRowsMax: limits.sheetRowsMax });
  return fileOf(body, { contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", fileName: `${name}.xlsx` }, limits);
};

/** The survey with every response and its answers as they were given. */
export const exportAsJson = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery, limits: ExportLimits = USUAL_LIMITS): Promise<FileReply> => {
  const { name, columns, selection, definition } = await prepare(services, actor, surveyId, query);
  const begin = `{"survey":${JSON.stringify({ id: surveyId, name, definition })},"columns":${JSON.stringify(columns.map(({ label, name: key }) => ({ name: key, label })))},"responses":[`;
  const lines = async function* (): AsyncGenerator<string> {
    yield begin;
    let separator = "\n";
    for await (const rows of rowsOf(services, exportJson(selection))) {
      yield separator + rows.map(([line]) => String(line)).join(",\n");
      separator = ",\n";
    }
    yield "\n]}\n";
  };
  return fileOf(Readable.from(lines(), { objectMode: false }), { contentType: "application/json", fileName: `${name}.json` }, limits);
};

/** For SPSS, R and whoever reads .sav: choices as numbers with value labels, questions as variable labels. */
export const exportSav = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery, limits: ExportLimits = USUAL_LIMITS): Promise<FileReply> => {
  const { name, columns, selection } = await prepareTable(services, actor, surveyId, query);
  const { rows: [widths = {}] } = await services.db.query<Record<string, number | null>>(widthsText(columns, selection));
  const variables = savVariables(columns, (index) => widths[`c${index}`] ?? 0);
  const header = savHeader(variables, { title: name, created: services.clock.now() });
  const bytes = async function* (): AsyncGenerator<Buffer> {
    yield header;
    const writer = createSavRows(variables);
    for await (const rows of rowsOf(services, exportText(columns, selection, "codes"))) yield Buffer.concat(rows.map((row) => writer.row(row)));
    yield writer.end();
  };
  return fileOf(Readable.from(bytes(), { objectMode: false }), { contentType: "application/x-spss-sav", fileName: `${name}.sav` }, limits);
};

// Matrices and long lists of choices make a column of every box that can be ticked.
const prepareTable = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery) => {
  const prepared = await prepare(services, actor, surveyId, query);
  const { name, columns } = prepared;
  if (columns.length > COLUMNS_MAX) throw new AppError("invalid_input", 400, `"${name}" would fill ${columns.length} columns; a table has at most ${COLUMNS_MAX}. Export it as JSON instead.`);
  return prepared;
};

const prepare = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery) => {
  const survey = await getSurvey(services, actor, surveyId);
  const definitions = await listVersionsOf(services.db, actor.workspaceId, surveyId);
  const [definition] = definitions;
  if (definition === undefined) throw new AppError("survey_not_published", 409, `"${survey.name}" was never published, so nobody has answered it. Publish it first.`);
  return { name: survey.name, definition, columns: columnsOf(definitions, query.language ?? definition.languages[0] ?? "en"), selection: await selectionOf(services, actor, survey, query) };
};

const selectionOf = async (services: Services, { workspaceId }: Actor, survey: { id: string; name: string }, { answeredIn, ...query }: ExportQuery): Promise<ExportSelection> => {
  const filter = await filterWanted(services, workspaceId, { ...query, language: answeredIn, surveyId: survey.id });
  if (filter.surveysLeftOut.includes(survey.id)) throw reportErrors.refuse("group_too_small", `So few responses to "${survey.name}" fit that they could be traced to people. Remove a filter to take out a larger group.`);
  return { workspaceId, filter };
};

// The headers are sent by the time a row may fail: then the line is cut, which every client takes for a failure, instead of a file that looks whole.
const fileOf = (body: Readable, named: { contentType: string; fileName: string }, { stallMs }: ExportLimits): FileReply => new FileReply({ ...named, body: withStallLimit(body, stallMs) });

type Row = readonly (number | string | null)[];

/** Portions of rows of a query, read through a cursor that ends with whoever reads. */
async function* rowsOf(services: Services, select: string): AsyncGenerator<Row[]> {
  const client = await services.db.pool.connect();
  try {
    await client.query("begin read only");
    await client.query(openCursor(select));
    for (let wanted = ROWS_AT_FIRST; ; ) {
      const { rows } = await client.query<(number | string | null)[]>({ text: fetchRows(wanted), rowMode: "array" });
      if (rows.length > 0) yield rows;
      if (rows.length < wanted) return;
      wanted = rowsFor(PORTION_CHARACTERS, rows);
    }
  } finally {
    await client.query("rollback").then(() => client.release(), (error: Error) => client.release(error));
  }
}

// Long answers come in small portions: what was just read tells how long they are.
const rowsFor = (characters: number, read: readonly Row[]): number => {
  const seen = read.reduce((sum, row) => sum + row.reduce<number>((length, value) => length + (typeof value === "string" ? value.length : 8), 0), 0);
  return Math.max(1, Math.min(ROWS_AT_ONCE, Math.floor((characters * read.length) / seen)));
};

async function* cellsOf(columns: readonly ExportColumn[], portions: AsyncIterable<readonly Row[]>): AsyncGenerator<Cell[]> {
  for await (const rows of portions) {
    for (const row of rows) yield columns.map((column, index) => cellOf(column, row[index] ?? null));
  }
}

const cellOf = ({ kind, codes }: ExportColumn, value: number | string | null): Cell => {
  if (value === null) return null;
  if (kind === "time") return new Date(Number(value) * 1000);
  if (codes !== undefined) return codes[Number(value) - 1]?.label ?? null;
  return kind === "number" ? Number(value) : String(value);
};
