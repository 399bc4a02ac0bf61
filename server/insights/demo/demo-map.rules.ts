// The map of the demo company: how buying online is drawn by those who answer for it, to be laid beside what customers do.
import type { MapCard, MapDocument, MapStep } from "../../journeys/maps/document.contract.ts";
import { documentOfPath } from "../../journeys/maps/path-map.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";

export const demoMapName = "Buying online";

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
