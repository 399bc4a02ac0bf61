import type { LaneKind, MapCard, MapDocument, MapLane, MapStage, MapStep, Phase } from "./document.contract.ts";
import { orderDocument } from "./document.rules.ts";
import type { TemplateKey } from "./maps.contract.ts";
import { stepAt } from "./path-map.rules.ts";
import type { StepSketch, TemplateSketch } from "./template-sketch.contract.ts";
import { delivery, firstPurchase, returns, shopVisit } from "./templates-of-buying.rules.ts";
import { appointment, leaving, onboarding, renewal, support } from "./templates-of-service.rules.ts";

const blank: TemplateSketch = { description: "", stages: [{ name: "First stage", steps: [{ name: "First step" }] }] };

const sketches: Readonly<Record<TemplateKey, TemplateSketch>> = {
  blank, first_purchase: firstPurchase, support, delivery, onboarding, shop_visit: shopVisit, return: returns, renewal, leaving, appointment,
};

const lanes: readonly { kind: LaneKind; name: string }[] = [
  { kind: "actions", name: "What the customer does" },
  { kind: "questions", name: "What the customer asks" },
  { kind: "expectations", name: "What the customer expects" },
  { kind: "promises", name: "What we promise" },
  { kind: "motivations", name: "What moves the customer" },
  { kind: "feelings", name: "What the customer feels" },
  { kind: "pains", name: "What gets in the way" },
  { kind: "ideas", name: "Ideas" },
  { kind: "people", name: "Who works on it behind the scenes" },
  { kind: "systems", name: "What it takes behind the scenes" },
];

/** What a template is for, in a sentence; empty for the blank one. */
export const describeTemplate = (key: TemplateKey): string => sketches[key].description;

/** A new map from a template: bound to the touchpoints that are guessed by their names, so that a workspace with data sees figures at once. */
export const documentOfTemplate = (key: TemplateKey): MapDocument => {
  const stages: MapStage[] = [];
  const steps: MapStep[] = [];
  const cards: Omit<MapCard, "id">[] = [];
  for (const stage of sketches[key].stages) {
    const stageId = `stage${stages.length + 1}`;
    stages.push({ id: stageId, name: stage.name });
    for (const sketch of stage.steps) {
      const step = stepOf(`step${steps.length + 1}`, stageId, sketch);
      steps.push(step);
      cards.push(...cardsOf(step.id, sketch));
    }
  }
  const document: MapDocument = { stages, steps, lanes: lanes.map(laneAt), cards: cards.map((card, index) => ({ id: `card${index + 1}`, ...card })), measured: ["volume", "feeling", "words"] };
  return orderDocument(document);
};

const laneAt = ({ kind, name }: { kind: LaneKind; name: string }): MapLane => ({ id: laneIdOf(kind), kind, name });
const laneIdOf = (kind: LaneKind): string => `lane${kind}`;

const stepOf = (id: string, stageId: string, sketch: StepSketch): MapStep => {
  const [before, during, after] = sketch.feels ?? [null, null, null];
  return {
    ...stepAt(id, { stageId, name: sketch.name, touchpoint: null }),
    matches: (sketch.at ?? []).map((touchpoint) => ({ touchpoint, channel: null })),
    failures: (sketch.fails ?? []).map((touchpoint) => ({ touchpoint, channel: null })),
    isOptional: sketch.isOptional === true,
    fork: sketch.way === undefined ? null : { id: `fork${stageId}`, way: sketch.way },
    isMomentOfTruth: sketch.isMomentOfTruth === true,
    importanceToCustomer: sketch.weighs?.[0] ?? null,
    importanceToUs: sketch.weighs?.[1] ?? null,
    designed: { before, during, after },
    nextWithinHours: sketch.nextWithinHours ?? null,
  };
};

const phases: readonly Phase[] = ["before", "during", "after"];

const cardsOf = (stepId: string, sketch: StepSketch): Omit<MapCard, "id">[] => {
  const card = (kind: LaneKind, text: string | undefined, phase: Phase | null = null): Omit<MapCard, "id">[] =>
    text === undefined || text === "" ? [] : [{ stepId, laneId: laneIdOf(kind), text, phase, feeling: null, evidence: "assumed", fileId: null }];
  return [
    ...card("actions", sketch.does), ...card("questions", sketch.asks), ...card("expectations", sketch.expects), ...card("promises", sketch.promise),
    ...phases.flatMap((phase, index) => card("motivations", sketch.moves?.[index], phase)),
    ...card("pains", sketch.hurts), ...card("ideas", sketch.idea), ...card("people", sketch.people), ...card("systems", sketch.systems),
  ];
};
