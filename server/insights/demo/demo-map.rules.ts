// The maps of the demo company: how buying online is drawn by those who answer for it, to be laid beside what customers do, and how it shall be.
import type { MapCard, MapDocument, MapStep } from "../../journeys/maps/document.contract.ts";
import type { MapEdit } from "../../journeys/maps/edits.contract.ts";
import { editsBetween } from "../../journeys/maps/between.rules.ts";
import { orderDocument } from "../../journeys/maps/document.rules.ts";
import { documentOfPath, stepAt } from "../../journeys/maps/path-map.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";

export const demoMapNames = { asIs: "Buying online", toBe: "Buying online, next year" } as const;

/** What is said of a step besides where it stands. `feelings`: those it is designed to leave before, during and after it. */
type Sketch = { touchpoint: string; feelings: readonly [number, number, number]; matters: number; failure?: string; isOptional?: true; isMomentOfTruth?: true; wants: string; pain?: string; idea?: string };

const sketches: readonly Sketch[] = [
  { touchpoint: "Home page", feelings: [0, 1, 1], matters: 2, isOptional: true, wants: "Wants to see whether there is something for the season" },
  { touchpoint: "Product page", feelings: [1, 1, 1], matters: 4, wants: "Wants to be sure of size and colour", pain: "Colours look different at home" },
  { touchpoint: "Cart", feelings: [1, 1, 1], matters: 2, wants: "Wants to know the whole price", pain: "What delivery costs shows late" },
  { touchpoint: "Checkout", feelings: [0, 0, 1], matters: 4, wants: "Wants to be through with it quickly", pain: "Types the address again", idea: "Keep the address of the last order" },
  { touchpoint: "Order placed", feelings: [1, 2, 1], matters: 3, wants: "Wants a date to plan with" },
  { touchpoint: "Shipment", feelings: [1, 1, 1], matters: 3, wants: "Wants to hear of it without asking" },
  { touchpoint: "Delivery", feelings: [1, 2, 2], matters: 5, failure: "Delivery delay notice", isMomentOfTruth: true, wants: "Wants it on the day that was promised", pain: "Stays at home and nobody comes", idea: "Say the hour on the morning of the day" },
  { touchpoint: "Product review", feelings: [1, 1, 2], matters: 1, isOptional: true, wants: "Wants to tell others what it is like" },
  { touchpoint: "Support call", feelings: [-1, 0, 1], matters: 4, isOptional: true, wants: "Wants somebody who knows the order", pain: "Waits in line and tells the story again", idea: "Show the order to whoever picks up" },
];

const cardsOf = ({ wants, pain, idea }: Sketch, place: number): MapCard[] =>
  [["lane1", wants], ["lane3", pain], ["lane4", idea]].flatMap(([laneId, text]): MapCard[] =>
    laneId === undefined || text === undefined ? [] : [{ id: `card${place}${laneId}`, stepId: `step${place + 1}`, laneId, text, phase: null, feeling: null, evidence: "assumed", fileId: null }]);

/** The map as it is handed to whoever draws maps. */
export const drawDemoMap = (): MapDocument => {
  const document = documentOfPath(sketches.map(({ touchpoint }) => touchpoint), demoTouchpoints);
  const steps = document.steps.map((step, place): MapStep => {
    const sketch = sketches[place];
    if (sketch === undefined) return step;
    const [before, during, after] = sketch.feelings;
    return {
      ...step, designed: { before, during, after }, importanceToCustomer: sketch.matters, isOptional: sketch.isOptional ?? false, isMomentOfTruth: sketch.isMomentOfTruth ?? false,
      failures: sketch.failure === undefined ? [] : [{ touchpoint: sketch.failure, channel: null }],
    };
  });
  return { ...document, steps, cards: sketches.flatMap(cardsOf), measured: ["volume", "time", "feeling", "needs", "words"] };
};

const promises: readonly { stepId: string; text: string }[] = [
  { stepId: "step5", text: "A day and a window of three hours, before the order is sent" },
  { stepId: "step6", text: "Leaves us within one working day" },
  { stepId: "morning", text: "The hour, by eight in the morning" },
  { stepId: "step7", text: "On the day we said. If not, we say so the day before" },
];

/** What the company wants to do differently: the address is known at the checkout, what delivery costs is said early, and a message on the
 *  morning names the hour. Pains and ideas that this settles are gone. */
const planDemoMap = (document: MapDocument): MapDocument => {
  const settled = new Set(["card2lane3", "card3lane3", "card3lane4", "card6lane3", "card6lane4"]);
  const stageId = document.steps.find(({ id }) => id === "step7")?.stageId ?? "";
  const message: MapStep = {
    ...stepAt("morning", { stageId, name: "Message on the morning", touchpoint: null }), description: "Names the hour of the delivery, and offers another day.",
    designed: { before: 1, during: 1, after: 2 }, importanceToCustomer: 4, nextWithinHours: 10,
  };
  const steps = document.steps.flatMap((step): MapStep[] => {
    switch (step.id) {
      case "step3": return [{ ...step, description: "What delivery costs stands beside the price.", designed: { before: 1, during: 1, after: 1 } }];
      case "step4": return [{ ...step, description: "The address of the last order is filled in.", designed: { before: 1, during: 1, after: 2 }, nextWithinHours: 1 }];
      case "step5": return [{ ...step, nextWithinHours: 24 }];
      case "step7": return [message, { ...step, designed: { before: 2, during: 2, after: 2 } }];
      default: return [step];
    }
  });
  const cards = [
    ...document.cards.filter(({ id }) => !settled.has(id)),
    ...promises.map(({ stepId, text }): MapCard => ({ id: `card${stepId}lane5`, stepId, laneId: "lane5", text, phase: null, feeling: null, evidence: "assumed", fileId: null })),
  ];
  return orderDocument({ ...document, steps, cards, lanes: [...document.lanes, { id: "lane5", kind: "promises", name: "What we promise" }] });
};

/** What makes a copy of the map the one of how it shall be. */
export const editsToPlan = (document: MapDocument): MapEdit[] => editsBetween(document, planDemoMap(document));
