// Reads comments in a thread of its own, so that no page and no event waits for a long text.
import { openShippedReader, serveWorkerPool, unsureReading, type Correction, type Reading } from "@firsthand/text";

export type ReadingTask = { texts: readonly string[]; correction: Correction | null };
export type ReadingsDone = { version: string; readings: Reading[] };

serveWorkerPool((): ((task: ReadingTask, turn: { isCareful: boolean; at: (part: number) => void; isSkipped: (part: number) => boolean }) => { answer: ReadingsDone }) => {
  const reader = openShippedReader();
  return ({ texts, correction }, turn) => {
    const read = (some: readonly string[]): Reading[] => reader.read(some, correction ?? undefined);
    if (!turn.isCareful) return { answer: { version: reader.version, readings: read(texts) } };
    // One by one, so that a text that brings its reader down costs nobody else their reading.
    const readings = texts.map((text, place) => {
      turn.at(place);
      return turn.isSkipped(place) ? unsureReading() : (read([text])[0] ?? unsureReading());
    });
    return { answer: { version: reader.version, readings } };
  };
});
