import type { EditGroup, MapEdit, RefusedEdit, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";
import { ApiError } from "../../shell/api.ts";
import type { JourneyMap } from "./maps.data.ts";
import { afterHeard, afterReload, afterSent, beginSession, type Edited, insisting, type Parcel, redone, type Session, undone, withEdits, withoutConflict } from "./session.rules.ts";

export type SavingState = "saved" | "saving" | "offline" | "failed";
export type Shown = { session: Session; saving: SavingState; failure: unknown };
type Given = {
  map: JourneyMap;
  /** Edits that were made in this browser before and did not reach the server. */
  kept: readonly Parcel[];
  send: (body: { id: string; knows: number; edits: MapEdit[] }) => Promise<SentEdits>;
  read: (after: number) => Promise<EditGroup[]>;
  reload: () => Promise<JourneyMap>;
  keep: (waiting: readonly Parcel[]) => void;
  newId: () => string;
  now: () => number;
  onRefused: (refused: readonly RefusedEdit[]) => void;
};
export type MapStore = ReturnType<typeof createMapStore>;

const RETRY_FIRST_MS = 2_000;
const RETRY_MOST_MS = 30_000;

/** A map while it is drawn in this browser. Every edit shows at once and is sent in its turn; what cannot be sent is kept and sent later. */
export const createMapStore = (given: Given) => {
  let shown: Shown = { session: beginSession(given.map, given.kept), saving: given.kept.length === 0 ? "saved" : "saving", failure: null };
  let isBusy = false;
  let announced = given.map.revision;
  let retryMs = RETRY_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watchers = new Set<() => void>();

  const show = (patch: Partial<Shown>): void => {
    if (patch.session !== undefined && patch.session.waiting !== shown.session.waiting) given.keep(patch.session.waiting);
    shown = { ...shown, ...patch };
    for (const watcher of watchers) watcher();
  };
  const take = ({ session, refused }: Edited): void => {
    if (refused.length > 0) given.onRefused(refused);
    if (session === shown.session) return;
    show({ session });
    void work();
  };
  const fail = (failure: unknown): void => {
    const isAway = !(failure instanceof ApiError) || failure.status === 0 || failure.status >= 500 || failure.status === 429;
    show({ saving: isAway ? "offline" : "failed", failure });
    if (!isAway) return;
    clearTimeout(timer);
    timer = setTimeout(() => void work(), retryMs);
    retryMs = Math.min(RETRY_MOST_MS, retryMs * 2);
  };
  const sendFirst = async (parcel: Parcel): Promise<void> => {
    show({ saving: "saving" });
    const sent = await given.send({ id: parcel.id, knows: shown.session.revision, edits: [...parcel.edits] });
    show({ session: afterSent(shown.session, parcel.id, sent) });
  };
  // A restoration, or more than one page of edits, does not come as edits that follow one another: then the map is read anew.
  const catchUp = async (): Promise<void> => {
    const groups = await given.read(shown.session.revision);
    const isWhole = groups.every(({ revision, edits }, place) => revision === shown.session.revision + 1 + place && edits.length > 0);
    if (isWhole) show({ session: afterHeard(shown.session, groups) });
    if (shown.session.revision >= announced) return;
    const map = await given.reload();
    announced = Math.max(announced, map.revision);
    show({ session: afterReload({ ...shown.session, revision: Math.min(shown.session.revision, map.revision) }, map) });
    announced = shown.session.revision;
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    clearTimeout(timer);
    try {
      for (;;) {
        const [first] = shown.session.waiting;
        if (first !== undefined) await sendFirst(first);
        else if (announced > shown.session.revision) await catchUp();
        else break;
      }
      retryMs = RETRY_FIRST_MS;
      show({ saving: "saved", failure: null });
    } catch (failure) {
      fail(failure);
    } finally {
      isBusy = false;
    }
  };
  const stamp = () => ({ parcelId: given.newId(), atMs: given.now() });
  return {
    subscribe: (watcher: () => void): (() => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    shown: (): Shown => shown,
    edit: (edits: readonly MapEdit[]): void => take(withEdits(shown.session, edits, stamp())),
    undo: (): void => take(undone(shown.session, stamp())),
    redo: (): void => take(redone(shown.session, stamp())),
    /** Others, or this member elsewhere, have drawn. */
    hear: (revision: number): void => {
      announced = Math.max(announced, revision);
      void work();
    },
    /** The map was read anew by this browser itself. */
    replace: (map: JourneyMap): void => {
      announced = Math.max(announced, map.revision);
      show({ session: { ...afterReload(shown.session, map), past: [], future: [] } });
    },
    retry: (): void => void work(),
    /** Gives up what the server does not take. */
    discard: (): void => {
      show({ session: beginSession({ revision: shown.session.revision, document: shown.session.confirmed }), saving: "saved", failure: null });
      void work();
    },
    giveWay: (key: string): void => show({ session: withoutConflict(shown.session, key) }),
    insist: (key: string): void => {
      const conflict = shown.session.conflicts.find((one) => one.key === key);
      show({ session: withoutConflict(shown.session, key) });
      if (conflict !== undefined) take(withEdits(shown.session, [insisting(conflict)], stamp()));
    },
    start: (): void => void work(),
    stop: (): void => clearTimeout(timer),
  };
};
