// How many complete responses a second are acknowledged after their commit: answers, timeline, feelings, search and event of each.
// The load generator shares the machine with the server, the database and the copy for figures.
import { execFile } from "node:child_process";
import { loadavg } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startBenchServer } from "./bench-server.ts";
import type { BenchServer } from "./bench-server.ts";

type Figure = { connections: number; responsesPerSecond: number; p50Ms: number; p99Ms: number; failed: number; serverMicrosPerResponse: number | null };
export type ResponsesFigures = { loadBefore: number; figures: Figure[]; stored: number; serverUnderLoadMb: number | null };

const WARM_UP_SECONDS = 3;
const asked = { isRequired: false };
const DEFINITION = {
  format: 1, languages: ["en"], title: { en: "Bench" }, thanks: { title: { en: "Thank you" } }, theme: { accent: "#3b4fd8" },
  questions: [
    { ...asked, id: "nps", type: "nps", title: { en: "How likely are you to recommend us?" }, isRequired: true },
    { ...asked, id: "why", type: "text", title: { en: "Why?" } },
    {
      ...asked, id: "matters", type: "single", title: { en: "What matters most?" },
      options: [{ id: "price", label: { en: "Price" } }, { id: "service", label: { en: "Service" } }, { id: "speed", label: { en: "Speed" } }],
    },
  ],
};

/** Measures 64 and 256 connections, one response in flight on each. */
export const measureResponses = async (given: { seconds: number }): Promise<ResponsesFigures> => {
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const server = await startBenchServer();
  try {
    const survey = Object(await server.ask("POST", "/api/surveys", { name: "Bench", definition: DEFINITION }));
    await server.ask("POST", `/api/surveys/${survey.id}/versions`);
    const slug = String(survey.slug);
    await runLoad(server, slug, { connections: 256, seconds: WARM_UP_SECONDS });
    const figures = [await runLoad(server, slug, { connections: 64, seconds: given.seconds }), await runLoad(server, slug, { connections: 256, seconds: given.seconds })];
    const serverUnderLoadMb = server.memoryMb();
    const listed = Object(await server.ask("GET", "/api/surveys"));
    return { loadBefore, figures, stored: Number(listed.items?.[0]?.completeCount), serverUnderLoadMb };
  } finally {
    await server.stop();
    server.remove();
  }
};

const runLoad = async (server: BenchServer, slug: string, load: { connections: number; seconds: number }): Promise<Figure> => {
  const before = server.processorMs();
  const flags = [new URL(server.address).port, slug, String(load.connections), String(load.seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "responses-load.ts"), ...flags]);
  const { responses, seconds, p50Ms, p99Ms, failed } = JSON.parse(stdout);
  const after = server.processorMs();
  return {
    connections: load.connections, responsesPerSecond: Math.round(responses / seconds), p50Ms, p99Ms, failed,
    serverMicrosPerResponse: before === null || after === null ? null : Math.round(((after - before) * 1000) / responses),
  };
};
