// What groups are called where their value does not say it.
import { listNamedMembers, listTeamRows } from "#people";
import type { Services } from "#platform/services";
import { listCircumstances } from "./circumstances.queries.ts";
import type { Axis } from "./report-pieces.queries.ts";
import type { Asked } from "./report-selection.ts";
import { CIRCUMSTANCES, type CellDimension, type Circumstance, type Report } from "./reports.contract.ts";
import { listWaves } from "./wave-names.queries.ts";

/** Names of waves by their value, in the order the waves began. A distribution with several waves numbers them. */
export const readWaveNames = async (services: Services, { survey }: Pick<Asked, "survey">): Promise<Map<string, string>> =>
  new Map((await listWaves(services.db, survey.workspaceId, survey.id)).map(({ value, name, number, count }) => [value, number === 0 || count <= 2 ? name : `${name} · ${number}`]));

/** Names of the groups along an axis, where they need some. */
export const labelsOf = async (services: Services, asked: Asked, axis: Axis): Promise<ReadonlyMap<string, string>> => {
  if (axis.kind === "circumstance") return namesOf(services, asked.survey.workspaceId, axis.name);
  return axis.kind === "cell" && axis.dimension === "wave" ? readWaveNames(services, asked) : new Map();
};

/** Names of teams and members by their ids; what else responses were about is called by its value. */
const namesOf = async ({ db }: Services, workspaceId: string, name: Circumstance): Promise<Map<string, string>> => {
  if (name !== "team" && name !== "member") return new Map();
  return new Map((await (name === "team" ? listTeamRows(db, workspaceId) : listNamedMembers(db, workspaceId))).map((one) => [one.id, one.name]));
};

/** What responses of a survey were about, to be filtered by, with names. */
export const readCircumstances = async (services: Services, { survey }: Pick<Asked, "survey">): Promise<Report["circumstances"]> => {
  const found = await listCircumstances(services.analytics, { workspaceId: survey.workspaceId, surveyId: survey.id });
  const names = await Promise.all(CIRCUMSTANCES.map(async (name) => [name, found.some((one) => one.name === name) ? await namesOf(services, survey.workspaceId, name) : new Map<string, string>()] as const));
  const known = new Map(names);
  return found.map(({ name, value, count }) => ({ name, value, count, label: known.get(name)?.get(value) ?? (value === "" ? null : value) }));
};

/** Options of every dimension with their names. */
export const namedDimensions = (
  dimensions: Record<CellDimension, readonly { value: string; count: number }[]>,
  waves: ReadonlyMap<string, string>,
): Record<CellDimension, { value: string; label: string | null; count: number }[]> => {
  const plain = (dimension: CellDimension) => dimensions[dimension].map((option) => ({ ...option, label: dimension === "wave" ? (waves.get(option.value) ?? null) : null }));
  return { channel: plain("channel"), language: plain("language"), version: plain("version"), touchpoint: plain("touchpoint"), campaign: plain("campaign"), wave: plain("wave") };
};
