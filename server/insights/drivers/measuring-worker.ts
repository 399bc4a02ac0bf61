// Runs in a thread of its own, so that seconds of arithmetic stop nobody else's request.
import { parentPort } from "node:worker_threads";
import { finishDrivers, prepareDrivers, type DriversChoices } from "./drivers.rules.ts";
import type { Table } from "./correlations.rules.ts";
import type { Measured } from "./measuring.ts";

parentPort?.once("message", ({ table, choices, bootstraps }: { table: Table; choices: DriversChoices; bootstraps: number }) => {
  const prepared = prepareDrivers(table, choices);
  if (prepared.ok) for (let drawn = 0; drawn < bootstraps; drawn += 1) prepared.resampling.draw();
  const measured: Measured = prepared.ok
    ? { ok: true, drivers: finishDrivers(prepared.drivers, prepared.resampling.intervals(), bootstraps) }
    : { ok: false, fault: prepared.fault };
  parentPort?.postMessage(measured);
});
