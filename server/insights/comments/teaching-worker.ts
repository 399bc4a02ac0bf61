// Learns from what people set right, in a thread of its own: half a second of arithmetic for thousands of corrections.
import { serveWorkerPool, teachShippedReader, type InUse, type Lesson, type Teaching } from "@firsthand/text";

export type TeachingTask = { lessons: readonly Lesson[]; anchors: readonly string[]; inUse: InUse | null };

serveWorkerPool((): ((task: TeachingTask) => { answer: Teaching | "too_few" }) => (task) => ({ answer: teachShippedReader(task.lessons, task.anchors, task.inUse) ?? "too_few" }));
