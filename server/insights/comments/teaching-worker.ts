// Learns from what people set right, in a thread of its own: half a second of arithmetic for thousands of corrections.
import { serveWorkerPool, teachShippedReader, type Lesson, type Teaching } from "@firsthand/text";

export type TeachingTask = { lessons: readonly Lesson[]; anchors: readonly string[] };

serveWorkerPool((): ((task: TeachingTask) => { answer: Teaching | "too_few" }) => (task) => ({ answer: teachShippedReader(task.lessons, task.anchors) ?? "too_few" }));
