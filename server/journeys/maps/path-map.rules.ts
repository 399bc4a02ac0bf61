// "Make this path a map": touchpoints as customers passed them become stages and steps that data belongs to at once.
import { usualStage } from "../touchpoints/guess.rules.ts";
import type { MapDocument, MapLane, MapStage, MapStep } from "./document.contract.ts";
import { mapLimits } from "./document.rules.ts";

/** What the register says of a touchpoint. */
export type RegisteredPlace = { name: string; stage: string | null };

const lanes: readonly MapLane[] = [
  { id: "lane1", kind: "motivations", name: "What moves the customer" },
  { id: "lane2", kind: "feelings", name: "What the customer feels" },
  { id: "lane3", kind: "pains", name: "What gets in the way" },
  { id: "lane4", kind: "ideas", name: "Ideas" },
];

/** The map of a path. Neighbouring steps of one stage share it; a stage that comes again is a stage of its own, so that the steps stay in the order they were taken in.
 *  @param touchpoints names in their order, as the data has them; at most 100
 *  @param register whose stages go before those that names usually have
 *  @returns a whole document; the same touchpoint again becomes a step "Cart 2", bound to the same data */
export const documentOfPath = (touchpoints: readonly string[], register: readonly RegisteredPlace[]): MapDocument => {
  const stages: MapStage[] = [];
  const steps: MapStep[] = [];
  const [stageNames, stepNames] = [new Map<string, number>(), new Map<string, number>()];
  let stageName: string | null = null;
  for (const touchpoint of touchpoints.slice(0, mapLimits.steps)) {
    const wanted: string = register.find(({ name }) => name === touchpoint)?.stage ?? usualStage(touchpoint) ?? stageName ?? firstStage(touchpoints, register);
    // A full map takes no more stages: what follows stays in the last one, in its order.
    if (wanted !== stageName && stages.length < mapLimits.stages) stages.push({ id: `stage${stages.length + 1}`, name: numbered(wanted, stageNames) });
    stageName = wanted;
    steps.push(stepAt(`step${steps.length + 1}`, { stageId: `stage${stages.length}`, name: numbered(touchpoint, stepNames), touchpoint }));
  }
  return { stages, steps, lanes: [...lanes], cards: [], measured: ["volume", "time", "feeling", "words"] };
};

/** A step that nobody has said anything about but where it stands and what belongs to it. */
export const stepAt = (id: string, { stageId, name, touchpoint }: { stageId: string; name: string; touchpoint: string | null }): MapStep => ({
  id, stageId, name, description: "", matches: touchpoint === null ? [] : [{ touchpoint, channel: null }], failures: [], isOptional: false, isMomentOfTruth: false,
  importanceToCustomer: null, importanceToUs: null, designed: { before: null, during: null, after: null }, nextWithinHours: null, ownerId: null, childMapId: null, fork: null,
});

const firstStage = (touchpoints: readonly string[], register: readonly RegisteredPlace[]): string =>
  touchpoints.map((touchpoint) => register.find(({ name }) => name === touchpoint)?.stage ?? usualStage(touchpoint)).find((stage) => stage !== null) ?? "Journey";

const TITLE_MAX = 120;

// Names in data may be longer than titles: they are cut, and never within a sign that takes two places.
const numbered = (name: string, counts: Map<string, number>): string => {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  const suffix = count === 1 ? "" : ` ${count}`;
  return `${name.trim().slice(0, TITLE_MAX - suffix.length).toWellFormed().trim()}${suffix}`;
};
