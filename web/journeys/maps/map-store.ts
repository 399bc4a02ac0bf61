import type { EditGroup, MapEdit, RefusedEdit, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";
import { ApiError } from "../../shell/api.ts";
import type { JourneyMap } from "./maps.data.ts";
import { afterHeard, afterReload, afterSent, beginSession, type Conflict, type Edited, hasGap, insisting, isConflict, type Parcel, redone, type Session, settled, undone, type Unsettled, withEdits, withoutConflict, withoutParcel } from "./session.rules.ts";

export type SavingState = "saved" | "saving" | "offline" | "failed";
export type Shown = { session: Session; saving: SavingState; failure: unknown; /** What the server does not take. */ refused: Parcel | null; /** The map was deleted; nothing is sent any more. */ isGone: boolean; /** By whom, where that was told. */ goneBy: string | null };
type DrawnMap = Pick<JourneyMap, "revision" | "document">;
type Given = {
  map: DrawnMap;
  /** What was drawn in this browser before and did not reach the server, or met other edits. */
  kept: Unsettled;
  send: (body: { id: string; knows: number; edits: MapEdit[] }) => Promise<SentEdits>;
  read: (after: number) => Promise<EditGroup[]>;
  reload: () => Promise<DrawnMap>;
  keep: (unsettled: Unsettled) => void;
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
  /** @returns whether anything was carried out */
  const take = ({ session, refused }: Edited): boolean => {
    const before = shop.shown().session;
    if (refused.length > 0) given.onRefused(refused);
    if (session === before) return false;
    shop.show({ session });
    void courier.work();
    return session.waiting !== before.waiting;
  };
  // What became a conflict is on the screen as such; only the rest needs a notice.
  const carryOut = ({ session, refused }: Edited): boolean => {
    take({ session, refused: refused.filter((one) => !isConflict(one)) });
    return refused.length === 0;
  };
  const session = (): Session => shop.shown().session;
  const stamp = () => ({ parcelId: given.newId(), atMs: given.now() });
  return {
    subscribe: shop.subscribe,
    shown: shop.shown,
    /** @returns whether all of it was carried out */
    edit: (edits: readonly MapEdit[]): boolean => carryOut(withEdits(session(), edits, stamp())),
    /** @returns whether anything was taken back */
    undo: (): boolean => take(undone(session(), stamp())),
    redo: (): boolean => take(redone(session(), stamp())),
    /** Others, or this member elsewhere, have drawn. */
    hear: courier.hear,
    /** The map was read anew by this browser itself. */
    replace: (map: DrawnMap): void => {
      shop.show({ session: { ...afterReload(session(), map), past: [], future: [] } });
      courier.hear(map.revision);
    },
    retry: (): void => void courier.work(),
    /** Once everything was sent, or what waits cannot be sent now. */
    whenSent: (): Promise<void> => new Promise((done) => {
      const look = (): void => {
        if (shop.shown().saving === "saving") return;
        leave();
        done();
      };
      const leave = shop.subscribe(look);
      look();
    }),
    /** Gives up what the server does not take, and nothing else. */
    discard: (): void => {
      const { refused } = shop.shown();
      if (refused === null) return;
      shop.show({ session: withoutParcel(session(), refused.id), saving: "saving", failure: null, refused: null });
      void courier.work();
    },
    /** The map was deleted. What was drawn and not sent stays on the screen. */
    end: courier.end,
    /** Gives up everything that is kept of a map that was deleted, but what is left to be decided. */
    forget: (left: readonly Conflict[] = []): void => shop.show({ session: { ...session(), waiting: [], conflicts: left } }),
    giveWay: (key: string): void => shop.show({ session: withoutConflict(session(), key) }),
    insist: (key: string): void => {
      const conflict = session().conflicts.find((one) => one.key === key);
      if (conflict !== undefined) carryOut(settled(session(), key, [insisting(conflict)], stamp()));
    },
    settle: (key: string, edits: readonly MapEdit[]): boolean => carryOut(settled(session(), key, edits, stamp())),
    start: courier.start,
    stop: courier.stop,
  };
};

type ShownMap = { shown: () => Shown; show: (patch: Partial<Shown>) => void; subscribe: (watcher: () => void) => () => void };

/** What the screen shows; whatever waits to be sent is kept in the browser as well. */
const createShownMap = ({ map, kept, keep }: Given): ShownMap => {
  let shown: Shown = { session: beginSession(map, kept), saving: kept.waiting.length === 0 ? "saved" : "saving", failure: null, refused: null, isGone: false, goneBy: null };
  const watchers = new Set<() => void>();
  return {
    shown: () => shown,
    show: (patch) => {
      const { session } = patch;
      if (session !== undefined && (session.waiting !== shown.session.waiting || session.conflicts !== shown.session.conflicts)) keep(session);
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
  let isStopped = false;
  let underway: Parcel | null = null;
  let announced = given.map.revision;
  let retryMs = RETRY_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fail = (failure: unknown): void => {
    if (failure instanceof ApiError && failure.status === 404) return end();
    const mayPass = isPassing(failure);
    show({ saving: mayPass ? "offline" : "failed", failure, refused: mayPass ? null : underway });
    if (!mayPass || isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void work(), retryMs);
    retryMs = Math.min(RETRY_MOST_MS, retryMs * 2);
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    underway = null;
    clearTimeout(timer);
    try {
      while (!shown().isGone) {
        const [first] = shown().session.waiting;
        underway = first ?? null;
        if (first !== undefined) await sendParcel(given, { shown, show }, first);
        else if (!isStopped && announced > shown().session.revision) announced = (await catchUp(given, { shown, show }, announced)) ?? announced;
        else break;
      }
      retryMs = RETRY_FIRST_MS;
      if (!shown().isGone) show({ saving: "saved", failure: null, refused: null });
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
  const end = (by: string | null = null): void => {
    clearTimeout(timer);
    show({ isGone: true, goneBy: by ?? shown().goneBy, saving: "failed", failure: null, refused: null });
  };
  const start = (): void => {
    isStopped = false;
    void work();
  };
  // A card left together with the map is still sent, once; what fails now waits in the browser for whoever opens the map next.
  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
  };
  return { work, hear, start, stop, end };
};

const sendParcel = async (given: Given, { shown, show }: Pick<ShownMap, "shown" | "show">, parcel: Parcel): Promise<void> => {
  show({ saving: "saving" });
  const sent = await given.send({ id: parcel.id, knows: shown().session.revision, edits: [...parcel.edits] });
  const isWhole = !hasGap(shown().session, sent);
  show({ session: afterSent(shown().session, parcel.id, sent) });
  if (!isWhole) show({ session: afterReload(shown().session, await given.reload()) });
};

/** Fetches what others did. More than one page of edits, or a gap in them, cannot be followed: then the map is read anew.
 *  @returns the revision that was read anew, null when there was no need */
const catchUp = async (given: Given, { shown, show }: Pick<ShownMap, "shown" | "show">, announced: number): Promise<number | null> => {
  const groups = await given.read(shown().session.revision);
  const isWhole = groups.every(({ revision }, place) => revision === shown().session.revision + 1 + place);
  if (isWhole) show({ session: afterHeard(shown().session, groups) });
  if (shown().session.revision >= announced) return null;
  const map = await given.reload();
  show({ session: afterReload(shown().session, map) });
  return map.revision;
};

/** Whether it may go well later without anybody doing something about it. */
const isPassing = (failure: unknown): boolean => !(failure instanceof ApiError) || failure.status === 0 || failure.status >= 500 || failure.status === 429;
