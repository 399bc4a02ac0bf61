// Puts the heads side by side into one table of whole numbers, as the kernel reads them.
import { LANES } from "../../text/kernel.ts";
import type { Linear } from "./linear.ts";
import { rounded } from "./calibration.ts";

/** One lane of the table: a lane of a head, less another of it (neutral is taken off negative and positive). */
export type LaneSource = { head: Linear; lane: number; less?: number };
export type PackedTable = { weights: Int8Array; scale: number[]; bias: number[] };

export const packTable = (bits: number, lanes: readonly LaneSource[]): PackedTable => {
  const rows = 1 << bits;
  const packed: PackedTable = { weights: new Int8Array(LANES * rows), scale: [], bias: [] };
  lanes.forEach((source, lane) => {
    const weightAt = (row: number): number => valueOf(source, (at) => source.head.weights[row * source.head.training.lanes + at] ?? 0);
    let most = 0;
    for (let row = 0; row < rows; row++) most = Math.max(most, Math.abs(weightAt(row)));
    // Without clipping: the few large weights are the ones that matter.
    const scale = most / 127 || 1;
    for (let row = 0; row < rows; row++) packed.weights[row * LANES + lane] = Math.round(weightAt(row) / scale);
    packed.scale.push(Number(scale.toPrecision(8)));
    packed.bias.push(rounded(valueOf(source, (at) => source.head.bias[at] ?? 0)));
  });
  return packed;
};

const valueOf = ({ lane, less }: LaneSource, at: (lane: number) => number): number => at(lane) - (less === undefined ? 0 : at(less));
