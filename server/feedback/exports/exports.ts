import { pipeline } from "node:stream/promises";
import { PassThrough, Readable } from "node:stream";
import { clientTransaction } from "#platform/db";
import type { Actor } from "#platform/access";
import { AppError, FileReply } from "#platform/http";
import type { Services } from "#platform/services";
import { stringify } from "csv-stringify/sync";
import { to as copyTo } from "pg-copy-streams";
import { getSurvey } from "../surveys/surveys.ts";
import { columnsOf } from "./columns.rules.ts";
import type { ExportColumn } from "./columns.rules.ts";
import type { ExportQuery } from "./exports.contract.ts";
import { copyOut, exportJson, exportText, fetchRows, listVersionsOf, openCursor, widthsText } from "./exports.queries.ts";
import type { ExportSelection } from "./exports.queries.ts";
import { createSavRows, savHeader, savVariables } from "./sav.rules.ts";
import { workbookStream } from "./sheet-writer.ts";
import type { Cell } from "./sheet-writer.ts";

/** Rows fetched at once: enough to keep the database busy, few enough to hold in memory. */
const ROWS_AT_ONCE = 2_000;
/** PostgreSQL gives at most 1,664 columns at once. Source: PostgreSQL manual, appendix K, "PostgreSQL limits". */
const COLUMNS_MAX = 1_600;

/** Every response of a survey as comma-separated values, with labels in words. PostgreSQL writes the lines itself, so size does not matter. */
export const exportCsv = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery): Promise<FileReply> => {
  const { name, columns, selection } = await prepareTable(services, actor, surveyId, query);
  const heading = stringify([columns.map((column) => column.name)], { bom: true, escape_formulas: true });
  const body = new PassThrough();
  body.write(heading);
  const copying = clientTransaction(services.db, async (_tx, client) => {
    await pipeline(client.query(copyTo(copyOut(exportText(columns, selection, "words")))), body);
  });
  return fileOf(body, copying, { contentType: "text/csv; charset=utf-8", fileName: `${name}.csv` });
};

/** The same as a workbook; a sheet that is full is followed by another. */
export const exportXlsx = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery): Promise<FileReply> => {
  const { name, columns, selection } = await prepareTable(services, actor, surveyId, query);
  const rows = cellsOf(columns, rowsOf(services, exportText(columns, selection, "codes")));
  const body = workbookStream({ heading: columns.map(({ label }) => label), rows });
  return new FileReply({ contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", fileName: `${name}.xlsx`, body });
};

/** The survey with every response and its answers as they were given. */
export const exportAsJson = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery): Promise<FileReply> => {
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
  return new FileReply({ contentType: "application/json", fileName: `${name}.json`, body: Readable.from(lines(), { objectMode: false }) });
};

/** For SPSS, R and whoever reads .sav: choices as numbers with value labels, questions as variable labels. */
export const exportSav = async (services: Services, actor: Actor, surveyId: string, query: ExportQuery): Promise<FileReply> => {
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
  return new FileReply({ contentType: "application/x-spss-sav", fileName: `${name}.sav`, body: Readable.from(bytes(), { objectMode: false }) });
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
  const selection: ExportSelection = {
    workspaceId: actor.workspaceId, surveyId, from: query.from ?? null, to: query.to ?? null, outcome: query.outcome ?? null, state: query.state ?? null,
  };
  return { name: survey.name, definition, columns: columnsOf(definitions, query.language ?? definition.languages[0] ?? "en"), selection };
};

// The headers are sent by the time a row may fail: then the line is cut, which every client takes for a failure, instead of a file that looks whole.
const fileOf = (body: PassThrough, copying: Promise<void>, { contentType, fileName }: { contentType: string; fileName: string }): FileReply => {
  copying.catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))));
  return new FileReply({ contentType, fileName, body });
};

type Row = readonly (number | string | null)[];

/** Portions of rows of a query, read through a cursor that ends with whoever reads. */
async function* rowsOf(services: Services, select: string): AsyncGenerator<Row[]> {
  const client = await services.db.pool.connect();
  try {
    await client.query("begin read only");
    await client.query(openCursor(select));
    for (;;) {
      const { rows } = await client.query<(number | string | null)[]>({ text: fetchRows(ROWS_AT_ONCE), rowMode: "array" });
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_ONCE) return;
    }
  } finally {
    await client.query("rollback").then(() => client.release(), (error: Error) => client.release(error));
  }
}

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
