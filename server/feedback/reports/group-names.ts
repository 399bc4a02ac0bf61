// What groups are called where their value does not say it.
import type { Services } from "#platform/services";
import type { Axis } from "./report-pieces.queries.ts";
import type { Asked } from "./report-selection.ts";
import type { CellDimension } from "./reports.contract.ts";
import { listWaves } from "./wave-names.queries.ts";

/** Names of waves by their value, in the order the waves began. A distribution with several waves numbers them. */
export const readWaveNames = async (services: Services, { survey }: Pick<Asked, "survey">): Promise<Map<string, string>> =>
  new Map((await listWaves(services.db, survey.workspaceId, survey.id)).map(({ value, name, number, count }) => [value, number === 0 || count <= 2 ? name : `${name} · ${number}`]));

/** Names of the groups along an axis, where they need some. */
export const labelsOf = async (services: Services, asked: Asked, axis: Axis): Promise<ReadonlyMap<string, string>> =>
  axis.kind === "cell" && axis.dimension === "wave" ? readWaveNames(services, asked) : new Map();

/** Options of every dimension with their names. */
export const namedDimensions = (
  dimensions: Record<CellDimension, readonly { value: string; count: number }[]>,
  waves: ReadonlyMap<string, string>,
): Record<CellDimension, { value: string; label: string | null; count: number }[]> => {
  const plain = (dimension: CellDimension) => dimensions[dimension].map((option) => ({ ...option, label: dimension === "wave" ? (waves.get(option.value) ?? null) : null }));
  return { channel: plain("channel"), language: plain("language"), version: plain("version"), touchpoint: plain("touchpoint"), campaign: plain("campaign"), wave: plain("wave") };
};
