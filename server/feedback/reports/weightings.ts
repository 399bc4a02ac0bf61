// Weights of responses, worked out anew for every report from the targets that are kept.
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { AppError } from "#platform/http";
import { rake, type Raked } from "./raking.rules.ts";
import type { Weights } from "./report-pieces.queries.ts";
import { findWeighting, saveWeighting } from "./report-record.queries.ts";
import type { WeightingRow } from "./report-record.queries.ts";
import { axisOf, readAsked } from "./report-selection.ts";
import type { Asked } from "./report-selection.ts";
import type { Weighting, WeightingBody, WeightingResult } from "./reports.contract.ts";
import { reportErrors } from "./reports.errors.ts";
import { countCombinations } from "./reports.queries.ts";

/** Above this design effect a weighted figure rests on few answers. Source: survey practice. */
const UNSTEADY_DESIGN_EFFECT = 2;
/** Above this share of responses without a value, weights invent more than they correct. Source: survey practice. */
const MISSING_SHARE_MAX = 0.1;
/** Combinations of values that are weighted: four dimensions of eight values have fewer, and more of them hold a handful of responses each. */
const CELLS_MAX = 5_000;

export type Weighted = { weights: Weights; result: WeightingResult };

/** Weights for the responses of the period. Other filters do not enter: a part of a sample keeps the weights of the whole.
 *  @returns null when nobody has answered */
export const weigh = async (services: Services, asked: Asked, row: WeightingRow): Promise<Weighted | null> => {
  const axes = row.targets.map(({ dimension }) => axisOf(dimension, asked.questions));
  const cells = await countCombinations(services.analytics, { ...asked.selection, cells: {}, traits: [], responseIds: null }, axes);
  if (cells.length > CELLS_MAX) {
    throw new AppError("invalid_input", 400, `The dimensions to weight by have more than ${CELLS_MAX} combinations of values. Choose fewer, or ones with fewer values.`);
  }
  const raked = rake(cells, row.targets, { low: row.trimLow, high: row.trimHigh });
  if (raked === null) return null;
  return { weights: { axes, weights: cells.map(({ values }, index) => ({ values, weight: raked.weights[index] ?? 1 })) }, result: resultOf(raked) };
};

/** The weights that are kept for a survey, for its responses of the period; null when none are, or they are not asked for. */
export const weighAsked = async (services: Services, asked: Asked, isWanted: boolean | undefined): Promise<Weighted | null> => {
  const kept = isWanted === true ? await findWeighting(services.db, asked.survey.workspaceId, asked.survey.id) : null;
  return kept === null ? null : weigh(services, asked, kept);
};

export const showWeighting = async (services: Services, workspaceId: string, surveyId: string, row: WeightingRow | null): Promise<Weighting> => {
  const asked = await readAsked(services, workspaceId, surveyId, {});
  return { weighting: row, result: row === null ? null : ((await weigh(services, asked, row))?.result ?? null) };
};

/** Keeps the targets after trying them.
 *  @throws group_unknown, weights_missing_answers */
export const changeWeighting = async (services: Services, actor: Actor, surveyId: string, body: WeightingBody): Promise<Weighting> => {
  const shown = await showWeighting(services, actor.workspaceId, surveyId, body);
  const missing = shown.result?.margins.find(({ missingShare }) => missingShare > MISSING_SHARE_MAX);
  if (missing !== undefined) {
    const percent = Math.round(missing.missingShare * 100);
    throw reportErrors.refuse("weights_missing_answers", `${percent}% of the responses have no value for "${missing.dimension}". Weight by something at least nine in ten have.`);
  }
  await saveWeighting(services.db, { ...body, workspaceId: actor.workspaceId, surveyId, memberId: actor.memberId, at: services.clock.now() });
  return shown;
};

const resultOf = ({ weights: _, ...raked }: Raked): WeightingResult => ({ ...raked, isUnsteady: raked.designEffect > UNSTEADY_DESIGN_EFFECT });
