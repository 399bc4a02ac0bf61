import type { Naming } from "../experience/experience.contract.ts";
import type { IdentityLimits } from "../identity/identifiers.rules.ts";
import { profileColumn } from "./column-profile.rules.ts";
import { createConverter, type ConvertedRow } from "./convert.rules.ts";
import type { DateOrders, ImportDetail, ImportItem, PreviewReply, PreviewRow, RefusalReason } from "./imports.contract.ts";
import type { Mapping } from "./mapping.contract.ts";
import type { SourceRow } from "./row-source.contract.ts";

/** An import as it is stored, as far as it is shown. */
export type StoredImport = Omit<ImportDetail, "fault" | "refusals" | "createdAt" | "startedAt" | "finishedAt"> & {
  workspaceId: string;
  fileHash: string;
  mapping: Mapping;
  faultCode: string | null;
  faultMessage: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const shownRows = 30;
const shownCharacters = 300;
const examples = 4;

export const showImportItem = (row: StoredImport): ImportItem => ({
  id: row.id,
  fileName: row.fileName,
  fileBytes: row.fileBytes,
  state: row.state,
  totalRows: row.totalRows,
  rowsRead: row.rowsRead,
  rowsAccepted: row.rowsAccepted,
  rowsRefused: row.rowsRefused,
  rowsRepeated: row.rowsRepeated,
  rowsLeftOut: row.rowsLeftOut,
  rowsWithoutCustomer: row.rowsWithoutCustomer,
  perceptionsAdded: row.perceptionsAdded,
  fault: row.faultCode === null ? null : { code: row.faultCode, message: row.faultMessage ?? "" },
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export const showImport = (row: StoredImport, refusals: RefusalReason[]): ImportDetail => ({
  ...showImportItem(row),
  mapping: row.mapping,
  notes: row.notes,
  sheets: row.sheets,
  dryRun: row.dryRun,
  refusals,
  hasFile: row.hasFile,
});

type Sample = { columns: readonly { name: string; label: string | null }[]; rows: readonly SourceRow[]; dateOrders: DateOrders | null };

/** The first rows beside what each would become under the mapping, so that a wrong guess shows before anything is written. */
export const showPreview = (row: StoredImport, sample: Sample, given: { now: Date; identity: IdentityLimits; naming: Naming }): PreviewReply => {
  const context = { workspaceId: row.workspaceId, importId: row.id, fileHash: row.fileHash, uploadedAt: row.createdAt.getTime(), now: given.now.getTime(), identity: given.identity };
  const convert = createConverter(row.mapping, context);
  return {
    sampled: sample.rows.length,
    dateOrders: sample.dateOrders,
    columns: sample.columns.map((column) => {
      const profile = profileColumn(column, sample.rows.map((source) => source.cells.get(column.name) ?? ""));
      const shown = [...new Set(profile.values)].slice(0, examples).map((value) => value.slice(0, 80));
      return { ...column, examples: shown, filledShare: profile.filledShare, distinct: profile.distinct };
    }),
    rows: sample.rows.slice(0, shownRows).map((source): PreviewRow => {
      const conversion = convert(source);
      return {
        number: source.number,
        cells: sample.columns.map((column) => (source.cells.get(column.name) ?? "").slice(0, shownCharacters)),
        problem: conversion.ok ? null : conversion.problem,
        becomes: conversion.ok ? showConverted(conversion.row, given.naming) : null,
      };
    }),
  };
};

const showConverted = ({ interaction, perceptions }: ConvertedRow, naming: Naming): NonNullable<PreviewRow["becomes"]> => {
  const { touchpoint, channel } = naming({ ...interaction, message: interaction.message === null ? null : JSON.parse(interaction.message) });
  return {
    at: interaction.at,
    customer: interaction.subject,
    event: interaction.name,
    touchpoint,
    channel,
    scores: perceptions.flatMap(({ kind, value, properties }) => (value === null ? [] : [{ column: String(properties?.["question"] ?? ""), kind, value }])),
    comments: perceptions.flatMap(({ text }) => (text === null ? [] : [text.slice(0, shownCharacters)])),
  };
};
