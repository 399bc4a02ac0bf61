import type { MapEdit, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../shell/api.ts";
import { openKeptEdits } from "./kept-edits.ts";
import { withConflicts } from "./kept-map.rules.ts";
import { createMapStore } from "./map-store.ts";
import { createFromFile } from "./maps.data.ts";
import { changeCard, emptyCard, emptyStep } from "./parts.rules.ts";
import { unsentWords } from "./unsent.rules.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lane = { id: "lane1", kind: "pains", name: "Pain points" } as const;
const card = { ...emptyCard("card1", "look", lane), text: "slow" };
const map = { revision: 3, document: { stages: [{ id: "find", name: "Find" }], steps: [emptyStep("look", "find", "Look")], lanes: [lane], cards: [card], measured: [] } };
const write = (was: string, now: string): MapEdit => changeCard({ ...card, text: was }, { text: now });
const rename: MapEdit = { do: "change", part: "stage", id: "find", was: { name: "Find" }, now: { name: "Discover" } };
const away = (): Promise<never> => Promise.reject(new ApiError({ code: "offline", status: 0, message: "Not connected." }));

type Send = (body: { id: string; knows: number; edits: MapEdit[] }) => Promise<SentEdits>;
const browser = () => {
  const entries = new Map<string, string>();
  const store = {
    get length() { return entries.size; },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (place: string) => entries.get(place) ?? null,
    setItem: (place: string, words: string) => void entries.set(place, words),
    removeItem: (place: string) => void entries.delete(place),
  };
  let made = 0;
  const newId = (): string => `id${++made}`;
  const tab = (send: Send, memberId = "olga") => {
    const { kept, keep } = openKeptEdits({ workspaceId: "shop", memberId, mapId: "map" }, { store: () => store, newId, now: () => 0 });
    const onRefused = vi.fn<() => void>();
    return { ...createMapStore({ map, kept, keep, send, read: () => Promise.resolve([]), reload: () => Promise.resolve(map), newId, now: () => 0, onRefused }), onRefused };
  };
  return { tab, entries };
};
const flush = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const taking = () => {
  let revision = map.revision;
  return vi.fn<Send>(() => Promise.resolve({ revision: ++revision, missed: [], refused: [] }));
};

test("another tab that has saved takes nothing away of what a tab without connection keeps", async () => {
  const { tab, entries } = browser();
  const other = tab(taking());
  tab(away).edit([write("slow", "mine")]);
  await flush();
  other.edit([rename]);
  await flush();
  expect([other.shown().saving, entries.size]).toEqual(["saved", 1]);
  const send = taking();
  const opened = tab(send);
  opened.start();
  await flush();
  expect(send.mock.calls.map(([{ edits }]) => edits)).toEqual([[write("slow", "mine")]]);
  expect(entries.size).toBe(0);
});

test("what one member left is not sent by another", async () => {
  const { tab, entries } = browser();
  tab(away).edit([write("slow", "mine")]);
  const send = taking();
  const hers = tab(send, "mary");
  hers.start();
  await flush();
  expect([hers.shown().session.waiting, send.mock.calls.length, entries.size]).toEqual([[], 0, 1]);
});

test("a map that was left does not try again by itself, but sends what is written while it is left", async () => {
  const { tab } = browser();
  const failing = vi.fn<Send>(away);
  const left = tab(failing);
  left.edit([write("slow", "mine")]);
  left.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failing).toHaveBeenCalledTimes(1);
  const send = taking();
  const last = tab(send, "mary");
  last.stop();
  last.edit([rename]);
  await flush();
  expect(send).toHaveBeenCalledTimes(1);
});

test("a conflict outlives its tab until it is settled", async () => {
  const { tab, entries } = browser();
  const first = tab(taking());
  expect(first.edit([write("dear", "mine")])).toBe(false);
  expect(first.onRefused).not.toHaveBeenCalled();
  const again = tab(taking());
  const [conflict] = again.shown().session.conflicts;
  expect(conflict).toMatchObject({ theirs: { text: "slow" }, edit: { now: { text: "mine" } } });
  again.insist(conflict?.key ?? "");
  await flush();
  expect([again.shown().session.document.cards[0]?.text, again.shown().session.conflicts, entries.size]).toEqual(["mine", [], 0]);
});

test("discarding gives up the refused parcel alone", async () => {
  const { tab } = browser();
  const send = vi.fn<Send>(({ edits }) => (edits.includes(rename) ? Promise.reject(new ApiError({ code: "invalid", status: 422, message: "Not taken." })) : Promise.resolve({ revision: 4, missed: [], refused: [] })));
  const store = tab(send);
  store.edit([rename]);
  store.edit([write("slow", "mine")]);
  await flush();
  expect([store.shown().saving, store.shown().refused?.edits]).toEqual(["failed", [rename]]);
  store.discard();
  await flush();
  const { session, saving } = store.shown();
  expect([saving, session.document.stages[0]?.name, session.document.cards[0]?.text, session.waiting]).toEqual(["saved", "Find", "mine", []]);
});

test.each([["heard of its end", true], ["was told that there is none", false]])("a map that was deleted, when this browser %s, sends nothing more and keeps what was written", async (_, isHeard) => {
  const { tab, entries } = browser();
  const send = vi.fn<Send>(() => Promise.reject(new ApiError({ code: "not_found", status: 404, message: "There is no such map." })));
  const store = tab(send);
  if (isHeard) store.end();
  store.edit([write("slow", "mine")]);
  await flush();
  store.edit([rename]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([store.shown().isGone, send.mock.calls.length, entries.size]).toEqual([true, isHeard ? 0 : 1, 2]);
  expect(unsentWords(store.shown().session)).toEqual(["mine", "Discover"]);
  store.forget();
  expect(entries.size).toBe(0);
});

test("what stood in conflict when the map was deleted comes along to the map it is kept as", async () => {
  const { tab, entries } = browser();
  const store = tab(taking());
  store.end();
  store.edit([write("dear", "mine")]);
  store.edit([write("late", "mine too"), rename]);
  const { session } = store.shown();
  expect(unsentWords(session)).toEqual(["mine", "mine too", "Discover"]);
  const { document, left } = withConflicts(session.document, session.conflicts, () => "fresh");
  expect([document.cards[0]?.text, document.stages[0]?.name, unsentWords({ waiting: [], conflicts: left })]).toEqual(["mine", "Discover", ["mine too"]]);
  store.forget(left);
  expect([entries.size, unsentWords(store.shown().session)]).toEqual([1, ["mine too"]]);
});

test("undo says whether anything was taken back: not where somebody else wrote meanwhile", async () => {
  const { tab } = browser();
  const hers = { id: "hers", revision: 5, memberId: null, memberName: "Mary", at: "2026-11-22T12:00:00.000Z", edits: [write("mine", "hers")] };
  const store = tab(({ edits }) => Promise.resolve(edits.includes(rename) ? { revision: 6, missed: [hers], refused: [] } : { revision: 4, missed: [], refused: [] }));
  expect([store.undo(), store.redo()]).toEqual([false, false]);
  store.edit([write("slow", "mine")]);
  await flush();
  store.edit([rename]);
  await flush();
  expect([store.undo(), store.redo(), store.undo()]).toEqual([true, true, true]);
  expect([store.undo(), store.onRefused.mock.calls.length]).toEqual([false, 1]);
});

test.each<[string, number, number[]]>([
  ["taken", 0, [200]],
  ["refused in part", 1, [200]],
  ["not taken", 2, [500]],
])("a file whose photos are %s is one map, and %i of its photos are lost", async (_, lost, [status = 200]) => {
  class Uploading extends EventTarget {
    upload = new EventTarget();
    status = 201;
    responseText = JSON.stringify({ fileId: "photo" });
    open = (): void => undefined;
    setRequestHeader = (): void => undefined;
    send = (): void => void this.dispatchEvent(new Event("load"));
  }
  const asked = vi.fn<typeof fetch>(async (url) => (String(url).endsWith("/edits") ? new Response(JSON.stringify({ revision: 2, missed: [], refused: lost === 1 ? [{ edit: rename, because: "unknown", theirs: {} }] : [] }), { status }) : new Response(JSON.stringify({ id: "new", revision: 1 }), { status: 201 })));
  vi.stubGlobal("fetch", asked);
  vi.stubGlobal("XMLHttpRequest", Uploading);
  const cards = ["one", "two"].map((id) => ({ ...card, id, fileId: "kept" }));
  const file = { name: "Saved", description: null, state: null, viewpoint: null, document: { ...map.document, cards }, photos: [{ id: "kept", contentType: "image/png", data: btoa("picture") }], left: [] };
  expect(await createFromFile(file, "Saved")).toMatchObject({ map: { id: "new" }, lost });
  expect(asked).toHaveBeenCalledTimes(2);
});

test("whoever waits for what was drawn is told once it was sent, and at once where it cannot be", async () => {
  const { tab } = browser();
  let arrive: () => void = () => undefined;
  const drawn = tab(() => new Promise((done) => (arrive = () => done({ revision: map.revision + 1, missed: [], refused: [] }))));
  const told = vi.fn<() => void>();
  await drawn.whenSent();
  drawn.edit([rename]);
  void drawn.whenSent().then(told);
  await flush();
  expect(told).not.toHaveBeenCalled();
  arrive();
  await flush();
  expect(told).toHaveBeenCalledOnce();

  const alone = tab(away, "mary");
  alone.edit([rename]);
  await alone.whenSent();
  expect(alone.shown().saving).toBe("offline");
});

test.each([["not_signed_in", 401], ["not_allowed", 403]])("what is drawn when the server says %s is kept here, and sent once it may be", async (code, status) => {
  const { tab, entries } = browser();
  let isAllowed = false;
  const sent = taking();
  const send = vi.fn<Send>((body) => (isAllowed ? sent(body) : Promise.reject(new ApiError({ code, status, message: "No." }))));
  const store = tab(send);
  store.edit([rename]);
  await flush();
  store.edit([write("slow", "mine")]);
  store.stop();
  store.edit([write("mine", "mine, at last")]);
  await flush();
  expect([store.shown().saving, store.shown().session.document.cards[0]?.text, entries.size]).toEqual(["failed", "mine, at last", 3]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([store.shown().isGone, entries.size]).toEqual([false, 3]);

  isAllowed = true;
  const again = tab(send);
  again.start();
  await flush();
  expect(sent.mock.calls.flatMap(([{ edits }]) => edits)).toEqual([rename, write("slow", "mine"), write("mine", "mine, at last")]);
  expect([again.shown().saving, again.shown().session.document.cards[0]?.text, entries.size]).toEqual(["saved", "mine, at last", 0]);
});
