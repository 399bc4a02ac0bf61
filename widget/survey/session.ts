import type { Answers } from "@firsthand/server/feedback/surveys/definition.contract";

/** What the page gives its script: which survey this is and what the link said. */
export type PageFacts = {
  slug: string;
  version: number;
  language: string;
  /** Answers the address brought along: chosen, not yet saved. */
  prefill?: Answers;
  facts: { channel?: string; touchpoint?: string; source?: string; campaign?: string; link?: string };
  /** Where this device keeps the response; by default one place per survey and link. */
  storageKey?: string;
};

/** A response as this browser keeps it, so that a reload, a lost connection or a closed lid loses nothing. */
export type Progress = {
  id: string;
  version: number;
  revision: number;
  savedRevision: number;
  answers: Answers;
  questionId: string | null;
  isComplete: boolean;
  openedAt: number;
  answeredAt: number;
  /** Ending the server decided on; undefined until it has answered the last save. */
  endingId?: string | null;
};

/** `closed`: the server takes no more of this person, and says by a code why not. `refused`: it does not take the answers as they are, and they can be changed. */
export type SaveState = "idle" | "saving" | "saved" | "waiting" | "closed" | "refused";

/** The edge to browser and network; tests bring their own. */
export type Surroundings = {
  read: (key: string) => string | null;
  write: (key: string, value: string) => void;
  post: (body: string) => Promise<{ status: number; code: string; endingId?: string | null | undefined }>;
  beacon: (body: string) => void;
  later: (run: () => void, ms: number) => void;
  now: () => number;
  newId: () => string;
};

export type Session = {
  progress: () => Progress;
  /** Notes answers and place without sending them. */
  note: (change: Partial<Pick<Progress, "answers" | "questionId">>) => void;
  /** Notes and sends; answered once the server has everything or sending has to wait. */
  save: (isComplete: boolean) => Promise<void>;
  /** Sends what is not sent yet as the page goes away. */
  leave: () => void;
  /** Tries again at once: the connection is back. */
  retry: () => Promise<void>;
};

/** How long a finished survey shows its thank-you on this device before it can be answered anew. */
const FINISHED_KEPT_MS = 12 * 3_600_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 60_000;

/** Keeps one response on this device and brings it to the server, once, however often sending fails. */
export function openSession(page: PageFacts, around: Surroundings, onState: (state: SaveState, code: string) => void): Session {
  const key = page.storageKey ?? `firsthand:${page.slug}:${page.facts.link ?? ""}`;
  let progress = resume(around, key, page) ?? begin(page, around);
  // Set when something changed that no save has numbered yet.
  let isDirty = false;

  // The same survey may be open in another tab, which writes to the same place: what that one knows is taken over before anything is added.
  const keep = (change: Partial<Progress>): void => {
    const stored = parseProgress(around.read(key) ?? "");
    const latest = stored?.id === progress.id ? { ...stored, questionId: progress.questionId } : progress;
    progress = { ...latest, ...change };
    around.write(key, JSON.stringify(progress));
  };
  // Before anything is answered: a second tab is the same response, whichever is answered first.
  keep(progress);
  const number = (isComplete: boolean): void => {
    isDirty = false;
    keep({});
    if (!progress.isComplete) keep({ revision: progress.revision + 1, isComplete });
  };
  const body = (): string => {
    const { id, version, revision, answers, isComplete, openedAt, answeredAt } = progress;
    const ago = (at: number): number => Math.min(Math.max(0, around.now() - at), 30 * 86_400_000);
    return JSON.stringify({
      ...page.facts, id, slug: page.slug, version, revision, language: page.language, isComplete, answers, openedAgoMs: ago(openedAt), answeredAgoMs: ago(answeredAt),
    });
  };
  const unsent = (): number => (progress.savedRevision < progress.revision ? progress.revision : 0);
  const send = createSender({
    around, body, unsent,
    onState: (state, code) => {
      // Another response has this id: the next visit begins with one of its own. Everything else stays on the device.
      if (code === "response_elsewhere") around.write(key, "");
      if (state === "refused" && progress.isComplete) keep({ isComplete: false, questionId: null });
      onState(state, code);
    },
    onSaved: (revision, endingId) => {
      keep({});
      const savedRevision = Math.max(progress.savedRevision, revision);
      keep(endingId === undefined || !progress.isComplete ? { savedRevision } : { savedRevision, endingId });
    },
  });
  return {
    progress: () => progress,
    note: (change) => {
      const { answers: before } = progress;
      keep({});
      if (progress.isComplete) return;
      const { answers, ...place } = change;
      if (answers === undefined) return keep(place);
      isDirty = true;
      // Only what this tab changed: the rest may be newer from another one.
      const changed = Object.entries(answers).filter(([id, answer]) => before[id] !== answer);
      keep({ ...place, answers: { ...progress.answers, ...Object.fromEntries(changed) }, answeredAt: around.now() });
    },
    save: (isComplete) => {
      if (!progress.isComplete) number(isComplete);
      return send();
    },
    leave: () => {
      if (isDirty && !progress.isComplete) number(false);
      if (unsent() > 0) around.beacon(body());
    },
    retry: send,
  };
}

/** Sends until everything is saved, one request at a time; waits longer after each failure. */
function createSender(given: {
  around: Surroundings;
  onState: (state: SaveState, code: string) => void;
  body: () => string;
  /** Number of the save that is not sent yet; 0 when all are. */
  unsent: () => number;
  onSaved: (revision: number, endingId: string | null | undefined) => void;
}): () => Promise<void> {
  let isSending = false;
  let waitMs = RETRY_FIRST_MS;
  let refusal = "";
  const sendAll = async (): Promise<SaveState> => {
    for (let revision = given.unsent(); revision > 0; revision = given.unsent()) {
      given.onState("saving", "");
      const { status, code, endingId } = await given.around.post(given.body()).catch((): Awaited<ReturnType<Surroundings["post"]>> => ({ status: 0, code: "" }));
      refusal = code;
      // Whatever the server does not say itself comes from something on the way, and may be different the next time.
      if (status < 200 || status > 399) return code === "" || status === 429 || status > 499 ? "waiting" : status === 400 || status === 413 ? "refused" : "closed";
      waitMs = RETRY_FIRST_MS;
      given.onSaved(revision, endingId);
    }
    return "saved";
  };
  const send = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    const state = await sendAll();
    isSending = false;
    // Something may have been answered between the last reply and this line.
    if (state === "saved" && given.unsent() > 0) return send();
    given.onState(state, refusal);
    if (state !== "waiting") return;
    given.around.later(() => void send(), waitMs);
    waitMs = Math.min(waitMs * 2, RETRY_MAX_MS);
  };
  return send;
}

function begin(page: PageFacts, around: Surroundings): Progress {
  const now = around.now();
  return {
    id: around.newId(), version: page.version, revision: 0, savedRevision: 0, answers: page.prefill ?? {}, questionId: null, isComplete: false, openedAt: now, answeredAt: now,
  };
}

// What is complete and not sent yet stays, whatever the survey is by now. A response to another version is left as the server has it: its questions may not exist any more.
function resume(around: Surroundings, key: string, page: PageFacts): Progress | null {
  const progress = parseProgress(around.read(key) ?? "");
  if (progress === null || (progress.isComplete && progress.savedRevision < progress.revision)) return progress;
  if (progress.version !== page.version || (progress.isComplete && around.now() - progress.answeredAt > FINISHED_KEPT_MS)) return null;
  // Opened before and not gone on with: it begins now, with what the link of now brings along.
  return progress.revision > 0 ? progress : { ...progress, openedAt: around.now(), answers: { ...progress.answers, ...page.prefill } };
}

function parseProgress(stored: string): Progress | null {
  try {
    const value: Partial<Progress> | null = JSON.parse(stored);
    return isProgress(value) ? value : null;
  } catch {
    return null;
  }
}

// Only this script writes there, and all members at once, so a look at some is enough.
function isProgress(value: Partial<Progress> | null): value is Progress {
  return typeof value?.answers === "object" && value.id !== undefined && Number.isFinite(value.savedRevision);
}
