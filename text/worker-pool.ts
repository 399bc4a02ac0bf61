// Worker threads that do tasks which may go wrong: a task that stalls or kills its worker costs nobody else more than a little time.
import { parentPort, Worker, workerData } from "node:worker_threads";

export type WorkerPool<Result> = {
  /** @returns null when the task could not be done even with all its parts left out */
  run: (task: unknown) => Promise<Result | null>;
  /** Does tasks as they come and gives the results in the same order; takes no more of them than are being done and as many again. */
  runAll: (tasks: AsyncIterable<unknown>) => AsyncGenerator<Result | null>;
  close: () => Promise<void>;
};

export type WorkerPoolOptions = {
  /** The program of the workers; it calls `serveWorkerPool`. */
  file: URL;
  /** Handed to each worker as it starts. */
  workerData?: unknown;
  /** How many workers, usually as many as there are cores. */
  size: number;
  /** How long one part of a task may take before the worker is given up. */
  partMs?: number;
  /** How long a task may take in which the worker does not say at which part it is. */
  taskMs?: number;
};

/** `restFrom`: from this part on all are left out. */
type Job<Result> = { id: number; task: unknown; isCareful: boolean; failed: Set<number>; skipped: Set<number>; restFrom: number; resolve: (result: Result | null) => void; reject: (fault: Error) => void };
/** What a worker says: without an id that it is ready, without an answer that the task threw. */
type Message<Result> = { id?: number; answer?: Result };
/** `place`: the part it is at, how often it has said so, and how many times the usual time this part has. */
type Hand<Result> = { worker: Worker; place: Int32Array; job: Job<Result> | null; saidSeen: number; stillTicks: number; timer: NodeJS.Timeout | null; isReady: boolean };

const partUsualMs = 1_000;
const taskUsualMs = 10_000;
/** Looks at a worker within the time for one part. Looks are counted, not time: while the machine sleeps nobody stalls. */
const ticks = 10;
/** A part is left out when it fails the second time: the first time the machine may have been busy. But for a task with so many parts of that kind
 *  that others would wait for long: there the rest have a fifth of the time, and one try. */
const patientParts = 8;
const hurriedTicks = 2;
/** With so many left out of one task the rest of it is left out too: others wait for it. */
const leftOutMax = 60;
/** Without limits each worker lets a hundred megabytes of rubbish lie about before it cleans up. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };
const nowhere = -1;

/** Opens a pool. A task that fails is done again, by a new worker where the old one stalls or is dead; the part at which it fails again is left out. */
export const openWorkerPool = <Result>(options: WorkerPoolOptions): WorkerPool<Result> => new Pool(options);

class Pool<Result> implements WorkerPool<Result> {
  readonly #options: WorkerPoolOptions;
  readonly #hands = new Set<Hand<Result>>();
  readonly #queue: Job<Result>[] = [];
  #lastId = 0;
  #fault: Error | null = null;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    // The others start when there is work for them: each costs memory and a tenth of a second of processor time.
    this.#start();
  }

  run(task: unknown): Promise<Result | null> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: ++this.#lastId, task, isCareful: false, failed: new Set(), skipped: new Set(), restFrom: Infinity, resolve, reject });
      this.#next();
    });
  }

  async *runAll(tasks: AsyncIterable<unknown>): AsyncGenerator<Result | null> {
    const running: Promise<Result | null>[] = [];
    for await (const task of tasks) {
      const result = this.run(task);
      // Whoever stops listening early must not bring the program down with a fault nobody awaits.
      result.catch(() => undefined);
      running.push(result);
      const first = running.length >= this.#options.size * 2 ? running.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const result of running) yield await result;
  }

  async close(): Promise<void> {
    this.#break(new Error("The pool is closed."));
    const hands = [...this.#hands];
    this.#hands.clear();
    await Promise.all(hands.map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const place = new Int32Array(new SharedArrayBuffer(12));
    const worker = new Worker(this.#options.file, { workerData: { place, given: this.#options.workerData }, resourceLimits });
    const hand: Hand<Result> = { worker, place, job: null, saidSeen: 0, stillTicks: 0, timer: null, isReady: false };
    this.#hands.add(hand);
    // An idle worker does not keep the program alive; one with a task does.
    worker.unref();
    worker.on("message", (message: Message<Result>) => this.#hear(hand, message));
    worker.on("error", (fault: unknown) => this.#lose(hand, fault));
    worker.on("exit", () => this.#lose(hand, new Error("The worker ended by itself.")));
  }

  #next(): void {
    const idle = [...this.#hands].filter(({ job }) => job === null).length;
    if (this.#queue.length > idle && this.#hands.size < this.#options.size) this.#start();
    for (const hand of this.#hands) {
      if (hand.job !== null) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      hand.job = job;
      hand.stillTicks = 0;
      Atomics.store(hand.place, 0, nowhere);
      hand.worker.ref();
      hand.worker.postMessage({ id: job.id, task: job.task, isCareful: job.isCareful, skipped: job.skipped, restFrom: job.restFrom });
      this.#watch(hand, job);
    }
  }

  #watch(hand: Hand<Result>, job: Job<Result>): void {
    const { partMs = partUsualMs, taskMs = taskUsualMs } = this.#options;
    const tickMs = partMs / ticks;
    hand.timer = setTimeout(() => {
      const said = Atomics.load(hand.place, 1);
      hand.stillTicks = hand.isReady && said === hand.saidSeen ? hand.stillTicks + 1 : 0;
      hand.saidSeen = said;
      const most = Atomics.load(hand.place, 0) === nowhere ? taskMs / tickMs : (isHurried(job) ? hurriedTicks : ticks) * Atomics.load(hand.place, 2);
      if (hand.stillTicks >= most) this.#lose(hand, new Error("The worker stalls."));
      else this.#watch(hand, job);
    }, tickMs);
  }

  #hear(hand: Hand<Result>, message: Message<Result>): void {
    hand.isReady = true;
    const { job } = hand;
    if (job === null || message.id !== job.id) return;
    this.#release(hand);
    if (message.answer !== undefined) job.resolve(message.answer);
    else this.#again(job, Atomics.load(hand.place, 0));
    this.#next();
  }

  #lose(hand: Hand<Result>, fault: unknown): void {
    if (!this.#hands.delete(hand)) return;
    const { job } = hand;
    this.#release(hand);
    void hand.worker.terminate();
    // A worker that dies before its first word would die again for ever.
    if (!hand.isReady) this.#break(fault instanceof Error ? fault : new Error(String(fault)));
    if (job !== null) this.#again(job, Atomics.load(hand.place, 0));
    if (this.#fault !== null) return;
    this.#start();
    this.#next();
  }

  #release(hand: Hand<Result>): void {
    if (hand.timer !== null) clearTimeout(hand.timer);
    hand.timer = null;
    hand.job = null;
    hand.worker.unref();
  }

  #again(job: Job<Result>, place: number): void {
    if (this.#fault !== null) return job.reject(this.#fault);
    if (place === nowhere) {
      if (job.isCareful) return job.resolve(null);
      job.isCareful = true;
    } else if (job.failed.has(place) || isHurried(job)) {
      // What is left out and fails nevertheless would fail for ever.
      if (job.skipped.has(place) || place >= job.restFrom) return job.resolve(null);
      job.skipped.add(place);
      if (job.skipped.size >= leftOutMax) job.restFrom = place;
    } else job.failed.add(place);
    this.#queue.unshift(job);
  }

  #break(fault: Error): void {
    this.#fault ??= fault;
    for (const job of this.#queue.splice(0)) job.reject(this.#fault);
    for (const hand of this.#hands) {
      const { job } = hand;
      this.#release(hand);
      job?.reject(this.#fault);
    }
  }
}

const isHurried = ({ skipped }: { skipped: ReadonlySet<number> }): boolean => skipped.size >= patientParts;

/** What a worker knows of the task it is doing. */
export type Turn = {
  /** Says at which part the worker is, null: at none by itself. Of a part that takes long and goes on it says so again and again; where it cannot, it has
   *  as many times the usual time as it says, until it says anything else. */
  at: (part: number | null, times?: number) => void;
  /** Parts that are to be left out, for the task failed at them before. */
  isSkipped: (part: number) => boolean;
  /** Whether the task failed where nobody knew at which part: each is to be done by itself. */
  isCareful: boolean;
};

export type Work<Task, Result> = (task: Task, turn: Turn) => { answer: Result; transfer?: ArrayBuffer[] };

/** Called by the program of a worker.
 *  @param open gets what the pool was given as `workerData` and says how one task is done; what that throws fails the task */
export const serveWorkerPool = <Task, Result>(open: (given: unknown) => Work<Task, Result>): void => {
  const port = parentPort;
  if (port === null) throw new Error("This program runs as a worker of a pool only.");
  const { place, given }: { place: Int32Array; given: unknown } = workerData;
  const work = open(given);
  const at = (part: number | null, times = 1): void => {
    Atomics.store(place, 2, times);
    Atomics.store(place, 0, part ?? nowhere);
    Atomics.add(place, 1, 1);
  };
  port.on("message", ({ id, task, isCareful, skipped, restFrom }: { id: number; task: Task; isCareful: boolean; skipped: ReadonlySet<number>; restFrom: number }) => {
    const turn: Turn = { isCareful, isSkipped: (part) => part >= restFrom || skipped.has(part), at };
    try {
      const { answer, transfer } = work(task, turn);
      port.postMessage({ id, answer }, transfer ?? []);
    } catch {
      port.postMessage({ id });
    }
  });
  port.postMessage({});
};
