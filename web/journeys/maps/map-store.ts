import type { EditGroup, MapEdit, RefusedEdit, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";
import { ApiError } from "../../shell/api.ts";
import type { JourneyMap } from "./maps.data.ts";
import { afterHeard, afterReload, afterSent, beginSession, type Edited, hasGap, insisting, type Parcel, redone, type Session, undone, withEdits, withoutConflict } from "./session.rules.ts";

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
  const shop = createShownMap(given);
  const courier = createCourier(given, shop);
  const take = ({ session, refused }: Edited): void => {
    if (refused.length > 0) given.onRefused(refused);
    if (session === shop.shown().session) return;
    shop.show({ session });
    void courier.work();
  };
  const session = (): Session => shop.shown().session;
  const stamp = () => ({ parcelId: given.newId(), atMs: given.now() });
  return {
    subscribe: shop.subscribe,
    shown: shop.shown,
    edit: (edits: readonly MapEdit[]): void => take(withEdits(session(), edits, stamp())),
    undo: (): void => take(undone(session(), stamp())),
    redo: (): void => take(redone(session(), stamp())),
    /** Others, or this member elsewhere, have drawn. */
    hear: courier.hear,
    /** The map was read anew by this browser itself. */
    replace: (map: JourneyMap): void => {
      shop.show({ session: { ...afterReload(session(), map), past: [], future: [] } });
      courier.hear(map.revision);
    },
    retry: (): void => void courier.work(),
    /** Gives up what the server does not take. */
    discard: (): void => {
      shop.show({ session: beginSession({ revision: session().revision, document: session().confirmed }), saving: "saved", failure: null });
      void courier.work();
    },
    giveWay: (key: string): void => shop.show({ session: withoutConflict(session(), key) }),
    insist: (key: string): void => {
      const conflict = session().conflicts.find((one) => one.key === key);
      shop.show({ session: withoutConflict(session(), key) });
      if (conflict !== undefined) take(withEdits(session(), [insisting(conflict)], stamp()));
    },
    start: (): void => void courier.work(),
    stop: courier.stop,
  };
};

type ShownMap = { shown: () => Shown; show: (patch: Partial<Shown>) => void; subscribe: (watcher: () => void) => () => void };

/** What the screen shows; whatever waits to be sent is kept in the browser as well. */
const createShownMap = ({ map, kept, keep }: Given): ShownMap => {
  let shown: Shown = { session: beginSession(map, kept), saving: kept.length === 0 ? "saved" : "saving", failure: null };
  const watchers = new Set<() => void>();
  return {
    shown: () => shown,
    show: (patch) => {
      if (patch.session !== undefined && patch.session.waiting !== shown.session.waiting) keep(patch.session.waiting);
      shown = { ...shown, ...patch };
      for (const watcher of watchers) watcher();
    },
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
};

/** Carries parcels to the server one after the other, and fetches what others did. */
const createCourier = (given: Given, { shown, show }: ShownMap) => {
  let isBusy = false;
  let announced = given.map.revision;
  let retryMs = RETRY_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
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
    const sent = await given.send({ id: parcel.id, knows: shown().session.revision, edits: [...parcel.edits] });
    const isWhole = !hasGap(shown().session, sent);
    show({ session: afterSent(shown().session, parcel.id, sent) });
    if (!isWhole) show({ session: afterReload(shown().session, await given.reload()) });
  };
  // More than one page of edits, or a gap in them, cannot be followed: then the map is read anew.
  const catchUp = async (): Promise<void> => {
    const groups = await given.read(shown().session.revision);
    const isWhole = groups.every(({ revision }, place) => revision === shown().session.revision + 1 + place);
    if (isWhole) show({ session: afterHeard(shown().session, groups) });
    if (shown().session.revision >= announced) return;
    const map = await given.reload();
    announced = map.revision;
    show({ session: afterReload(shown().session, map) });
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    clearTimeout(timer);
    try {
      for (;;) {
        const [first] = shown().session.waiting;
        if (first !== undefined) await sendFirst(first);
        else if (announced > shown().session.revision) await catchUp();
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
  const hear = (revision: number): void => {
    announced = Math.max(announced, revision);
    void work();
  };
  return { work, hear, stop: (): void => clearTimeout(timer) };
};
