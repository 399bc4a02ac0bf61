import { useEffect, useRef } from "react";
import type { GraphReply, TravellersReply } from "./paths.data.ts";
import { listLegs, placeOn } from "./travel.rules.ts";

type TravellerDotsProps = { graph: GraphReply; travellers: TravellersReply["travellers"] };

const LEG_MS = 1_200;
const STAGGER_MS = 70;

/** Real customers as dots that go from step to step in their order, again and again. Drawn past React: two hundred of them move sixty times a second. */
export const TravellerDots = ({ graph, travellers }: TravellerDotsProps) => {
  const group = useRef<SVGGElement>(null);
  useEffect(() => {
    const journeys = travellers.map(({ steps }) => listLegs(graph, steps.map(({ name }) => name)));
    const beganMs = performance.now();
    let frame = 0;
    const draw = (nowMs: number): void => {
      const dots = group.current?.children ?? [];
      for (const [index, legs] of journeys.entries()) {
        const dot = dots[index];
        if (dot === undefined || legs.length === 0) continue;
        const wholeMs = legs.length * LEG_MS;
        const passedMs = (((nowMs - beganMs - index * STAGGER_MS) % wholeMs) + wholeMs) % wholeMs;
        const { x, y } = placeOn(legs[Math.floor(passedMs / LEG_MS)] ?? [], (passedMs % LEG_MS) / LEG_MS);
        dot.setAttribute("transform", `translate(${x} ${y})`);
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [graph, travellers]);
  return (
    <svg className="path-travellers" width={graph.width} height={graph.height} aria-hidden>
      <g ref={group}>{travellers.map(({ customerId, steps }) => <circle key={`${customerId} ${steps[0]?.at ?? ""}`} r={5} />)}</g>
    </svg>
  );
};
