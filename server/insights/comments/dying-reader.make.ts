// The reading thread for tests: it dies of any text that begins with "die", nobody knows at which, and never gets over one that begins with "stall".
import { openShippedReader, serveWorkerPool, type Turn } from "@firsthand/text";
import { readHealthy, type NamedReading } from "./read-each.ts";
import type { ReadingsDone, ReadingTask } from "./reading-worker.ts";

serveWorkerPool((): ((task: ReadingTask, turn: Turn) => { answer: ReadingsDone }) => {
  const reader = openShippedReader();
  return ({ texts }, turn) => {
    const read = (some: readonly string[], from: number): NamedReading[] => {
      if (some.some((text) => text.startsWith("die"))) process.exit(1);
      return reader.read(some).map((reading, place) => {
        turn.at(from + place);
        while (some[place]?.startsWith("stall") === true);
        return { ...reading, named: [] };
      });
    };
    return { answer: { version: reader.version, readings: readHealthy(texts, turn, read) } };
  };
});
