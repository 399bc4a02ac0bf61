import { type RefObject, useImperativeHandle, useMemo, useRef } from "react";
import type { GraphReply, TravellersReply } from "./paths.data.ts";
import { makeLegs, placeAfter } from "./travel.rules.ts";

/** Shows where everybody is after so many steps. Told past React: two hundred dots move sixty times a second. */
export type Mover = (steps: number) => void;
type TravellerDotsProps = { graph: GraphReply; travellers: TravellersReply["travellers"]; mover: RefObject<Mover | null> };

// Not all at once: who set out together would lie on one another.
const STAGGERED = 12;

/** Real customers as dots that go from step to step in their order. */
export const TravellerDots = ({ graph, travellers, mover }: TravellerDotsProps) => {
  const group = useRef<SVGGElement>(null);
  const journeys = useMemo(() => {
    const legsOf = makeLegs(graph);
    return travellers.map(({ steps }) => legsOf(steps.map(({ name }) => name)));
  }, [graph, travellers]);
  useImperativeHandle(mover, () => (steps) => {
    for (const [index, legs] of journeys.entries()) {
      const dot = group.current?.children[index];
      const place = placeAfter(legs, steps - (index % STAGGERED) / STAGGERED);
      dot?.setAttribute("transform", place === null ? "scale(0)" : `translate(${place.x} ${place.y})`);
    }
  }, [journeys]);
  return (
    <svg className="path-travellers" width={graph.width} height={graph.height} aria-hidden>
      <g ref={group}>{travellers.map(({ customerId, steps }) => <circle key={`${customerId} ${steps[0]?.at ?? ""}`} r={6} transform="scale(0)" />)}</g>
    </svg>
  );
};
