// The reading thread for tests: it dies of any text that begins with "die".
import { openShippedReader, serveWorkerPool, type Turn } from "@firsthand/text";
import { readEach, type NamedReading } from "./read-each.ts";
import type { ReadingsDone, ReadingTask } from "./reading-worker.ts";

serveWorkerPool((): ((task: ReadingTask, turn: Turn) => { answer: ReadingsDone }) => {
  const reader = openShippedReader();
  const read = (texts: readonly string[]): NamedReading[] => {
    if (texts.some((text) => text.startsWith("die"))) process.exit(1);
    return reader.read(texts).map((reading) => ({ ...reading, named: [] }));
  };
  return ({ texts }, turn) => ({ answer: { version: reader.version, readings: turn.isCareful ? readEach(texts, turn, (text) => read([text])[0]) : read(texts) } });
});
