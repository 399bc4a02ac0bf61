// What the projection writes into the copy for reports. SQL of the analytics store, not of the record.
import type { AnalyticsRow, AnalyticsWriter } from "#platform/analytics";

export type Position = { xid: string; seq: number };
type Reader = (sql: string) => Promise<AnalyticsRow[]>;

export const readAnswerPosition = async (read: Reader): Promise<Position> => {
  const [row] = await read("select xid, seq from answer_positions where source = 'responses'");
  return { xid: String(row?.["xid"] ?? "0"), seq: Number(row?.["seq"] ?? 0) };
};

export const writeAnswerPosition = async (writer: AnalyticsWriter, position: Position): Promise<void> => {
  await writer.run("insert into answer_positions values ('responses', $1, $2) on conflict (source) do update set xid = excluded.xid, seq = excluded.seq", [position.xid, position.seq]);
};

export type BoxWords = { workspaceId: string; surveyId: string; question: string; kind: string; part: string; choice: string; number: number | null };
export type CellWords = { workspaceId: string; channel: string; language: string; version: number; touchpoint: string; campaign: string; wave: string };
export type TraitWords = { workspaceId: string; name: string; value: string };

export const readBoxes = async (writer: AnalyticsWriter): Promise<(BoxWords & { box: number })[]> =>
  (await writer.run("select box, cast(workspace_id as varchar) as workspace_id, cast(survey_id as varchar) as survey_id, question, kind, part, choice, number from boxes")).map((row) => ({
    box: Number(row["box"]), workspaceId: String(row["workspace_id"]), surveyId: String(row["survey_id"]), question: String(row["question"]), kind: String(row["kind"]),
    part: String(row["part"]), choice: String(row["choice"]), number: row["number"] === null ? null : Number(row["number"]),
  }));

export const readCells = async (writer: AnalyticsWriter): Promise<(CellWords & { cell: number })[]> =>
  (await writer.run("select cell, cast(workspace_id as varchar) as workspace_id, channel, language, version, touchpoint, campaign, wave from cells")).map((row) => ({
    cell: Number(row["cell"]), workspaceId: String(row["workspace_id"]), channel: String(row["channel"]), language: String(row["language"]), version: Number(row["version"]),
    touchpoint: String(row["touchpoint"]), campaign: String(row["campaign"]), wave: String(row["wave"]),
  }));

export const readTraitValues = async (writer: AnalyticsWriter): Promise<(TraitWords & { trait: number })[]> =>
  (await writer.run("select trait, cast(workspace_id as varchar) as workspace_id, name, value from trait_values")).map((row) => ({
    trait: Number(row["trait"]), workspaceId: String(row["workspace_id"]), name: String(row["name"]), value: String(row["value"]),
  }));

export const readLastResponse = async (writer: AnalyticsWriter): Promise<number> => {
  const [row] = await writer.run("select coalesce(max(response), 0) as last from responses");
  return Number(row?.["last"] ?? 0);
};

export const appendBoxes = (writer: AnalyticsWriter, rows: readonly (BoxWords & { box: number })[]): Promise<void> =>
  writer.append(
    {
      name: "boxes",
      columns: [
        { name: "box", type: "bigint" }, { name: "workspace_id", type: "uuid" }, { name: "survey_id", type: "uuid" }, { name: "question", type: "varchar" },
        { name: "kind", type: "varchar" }, { name: "part", type: "varchar" }, { name: "choice", type: "varchar" }, { name: "number", type: "double" },
      ],
    },
    [
      rows.map((row) => row.box), rows.map((row) => row.workspaceId), rows.map((row) => row.surveyId), rows.map((row) => row.question), rows.map((row) => row.kind),
      rows.map((row) => row.part), rows.map((row) => row.choice), rows.map((row) => row.number),
    ],
  );

export const appendCells = (writer: AnalyticsWriter, rows: readonly (CellWords & { cell: number })[]): Promise<void> =>
  writer.append(
    {
      name: "cells",
      columns: [
        { name: "cell", type: "bigint" }, { name: "workspace_id", type: "uuid" }, { name: "channel", type: "varchar" }, { name: "language", type: "varchar" },
        { name: "version", type: "bigint" }, { name: "touchpoint", type: "varchar" }, { name: "campaign", type: "varchar" }, { name: "wave", type: "varchar" },
      ],
    },
    [
      rows.map((row) => row.cell), rows.map((row) => row.workspaceId), rows.map((row) => row.channel), rows.map((row) => row.language), rows.map((row) => row.version),
      rows.map((row) => row.touchpoint), rows.map((row) => row.campaign), rows.map((row) => row.wave),
    ],
  );

export const appendTraitValues = (writer: AnalyticsWriter, rows: readonly (TraitWords & { trait: number })[]): Promise<void> =>
  writer.append(
    { name: "trait_values", columns: [{ name: "trait", type: "bigint" }, { name: "workspace_id", type: "uuid" }, { name: "name", type: "varchar" }, { name: "value", type: "varchar" }] },
    [rows.map((row) => row.trait), rows.map((row) => row.workspaceId), rows.map((row) => row.name), rows.map((row) => row.value)],
  );

export type CopiedResponse = { response: number; workspaceId: string; surveyId: string; id: string; day: number; cell: number; isCounted: boolean; seconds: number | null };

export const appendResponses = (writer: AnalyticsWriter, rows: readonly CopiedResponse[]): Promise<void> =>
  writer.append(
    {
      name: "responses",
      columns: [
        { name: "response", type: "bigint" }, { name: "workspace_id", type: "uuid" }, { name: "survey_id", type: "uuid" }, { name: "id", type: "uuid" },
        { name: "day", type: "bigint" }, { name: "cell", type: "bigint" }, { name: "is_counted", type: "boolean" }, { name: "seconds", type: "double" },
      ],
    },
    [
      rows.map((row) => row.response), rows.map((row) => row.workspaceId), rows.map((row) => row.surveyId), rows.map((row) => row.id), rows.map((row) => row.day),
      rows.map((row) => row.cell), rows.map((row) => row.isCounted), rows.map((row) => row.seconds),
    ],
  );

export type CopiedAnswer = { response: number; day: number; cell: number; box: number; value: number | null };

export const appendAnswers = (writer: AnalyticsWriter, rows: readonly CopiedAnswer[]): Promise<void> =>
  writer.append(
    {
      name: "answers",
      columns: [
        { name: "response", type: "bigint" }, { name: "day", type: "bigint" }, { name: "cell", type: "bigint" }, { name: "box", type: "bigint" }, { name: "value", type: "double" },
      ],
    },
    [rows.map((row) => row.response), rows.map((row) => row.day), rows.map((row) => row.cell), rows.map((row) => row.box), rows.map((row) => row.value)],
  );

export type AnswerCount = { day: number; cell: number; box: number; count: number; total: number; squares: number };

export const appendCounts = (writer: AnalyticsWriter, rows: readonly AnswerCount[]): Promise<void> =>
  writer.append(
    {
      name: "answer_counts",
      columns: [
        { name: "day", type: "bigint" }, { name: "cell", type: "bigint" }, { name: "box", type: "bigint" }, { name: "count", type: "bigint" },
        { name: "total", type: "double" }, { name: "squares", type: "double" },
      ],
    },
    [rows.map((row) => row.day), rows.map((row) => row.cell), rows.map((row) => row.box), rows.map((row) => row.count), rows.map((row) => row.total), rows.map((row) => row.squares)],
  );

export const appendResponseTraits = (writer: AnalyticsWriter, rows: readonly { response: number; trait: number }[]): Promise<void> =>
  writer.append({ name: "response_traits", columns: [{ name: "response", type: "bigint" }, { name: "trait", type: "bigint" }] }, [rows.map((row) => row.response), rows.map((row) => row.trait)]);

/** Takes responses out again, and out of the counts by a portion with a minus sign. Those that are not there are none.
 *  @returns how many rows of counts that added */
export const removeResponses = async (writer: AnalyticsWriter, ids: readonly string[]): Promise<number> => {
  await writer.run(`create or replace temp table leaving as select response from responses where id in (${uuidList(ids)})`);
  const [row] = await writer.run("select count(*) as leaving from leaving");
  if (Number(row?.["leaving"] ?? 0) === 0) return 0;
  await writer.run(
    `create or replace temp table taken as
     select answers.day, answers.cell, answers.box, count(*) as count, coalesce(sum(answers.value), 0) as total, coalesce(sum(answers.value * answers.value), 0) as squares
     from answers
     where answers.response in (select response from leaving)
     group by answers.day, answers.cell, answers.box`,
  );
  await writer.run("insert into answer_counts select day, cell, box, -count, -total, -squares from taken");
  for (const table of ["answers", "response_traits", "responses"]) await writer.run(`delete from ${table} where response in (select response from leaving)`);
  const [taken] = await writer.run("select count(*) as taken from taken");
  return Number(taken?.["taken"] ?? 0);
};

/** Adds the portions up, so that there is one row per day, cell and box again. */
export const joinCounts = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run(
    `create or replace temp table joined as
     select day, cell, box, cast(sum(count) as bigint) as count, sum(total) as total, sum(squares) as squares
     from answer_counts
     group by day, cell, box
     having sum(count) <> 0
     order by day, cell, box`,
  );
  await writer.run("delete from answer_counts");
  await writer.run("insert into answer_counts select day, cell, box, count, total, squares from joined");
  await writer.run("drop table joined");
};

/** Forgets a name of traits that turned out to have too many values to be a segment. */
export const removeTraitName = async (writer: AnalyticsWriter, traits: readonly number[]): Promise<void> => {
  const list = traits.map((trait) => String(Math.trunc(trait))).join(", ");
  if (list === "") return;
  await writer.run(`delete from response_traits where trait in (${list})`);
  await writer.run(`delete from trait_values where trait in (${list})`);
};

export const emptyAnswers = async (writer: AnalyticsWriter): Promise<void> => {
  for (const table of ["boxes", "cells", "responses", "answers", "answer_counts", "trait_values", "response_traits", "answer_positions"]) await writer.run(`delete from ${table}`);
};

// Lists go in as text because a parameter per id would be slower; each is checked to be an id and nothing else.
const uuidList = (ids: readonly string[]): string =>
  ids.map((id) => {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) throw new Error("An id in the record is not a UUID.");
    return `cast('${id}' as uuid)`;
  }).join(", ");
