import type { MapCard, MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { applyEdits, invertEdits, isSame } from "@firsthand/server/journeys/maps/document.rules";
import type { EditGroup, MapEdit, RefusedEdit, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";

/** Edits that travel together. The id is made here, so that sending them again changes nothing. */
export type Parcel = { id: string; edits: readonly MapEdit[] };
/** Something that can be taken back: what takes it back, and what it was about, so that typing one text is one step. */
type Stride = { undo: readonly MapEdit[]; subject: string | null; atMs: number };
/** An edit that met another one. `lost` is the card as it was when the place it lay in is gone. */
export type Conflict = { key: string; edit: MapEdit; because: RefusedEdit["because"]; theirs: Readonly<Record<string, unknown>>; who: string | null; lost: MapCard | null };
/** A map while it is drawn: what the server has confirmed, what still waits to be sent, and what that gives together. */
export type Session = {
  revision: number;
  confirmed: MapDocument;
  waiting: readonly Parcel[];
  document: MapDocument;
  past: readonly Stride[];
  future: readonly Stride[];
  conflicts: readonly Conflict[];
  /** What others did since the map was opened, the last of it: who it was that something here met. */
  heard: readonly EditGroup[];
};
type Given = { parcelId: string; atMs: number };
/** What has not found its place yet and outlives the screen. */
export type Unsettled = Pick<Session, "waiting" | "conflicts">;
export type Edited = { session: Session; refused: readonly RefusedEdit[] };

/** Changes of the same text within this time are one step: undoing letter by letter helps nobody. */
const TYPING_PAUSE_MS = 5_000;
const STRIDES_MAX = 200;
const HEARD_MAX = 200;
/** The most edits the server takes at once. */
const PARCEL_MAX = 500;

export const beginSession = (map: { revision: number; document: MapDocument }, kept: Unsettled = { waiting: [], conflicts: [] }): Session =>
  drawn({ revision: map.revision, confirmed: map.document, waiting: kept.waiting, document: map.document, past: [], future: [], conflicts: kept.conflicts, heard: [] });

/** The session with one more change. What cannot be done here and now is not sent; it becomes a conflict, so that no words are lost. */
export const withEdits = (session: Session, edits: readonly MapEdit[], given: Given): Edited => {
  const { next: done, undo, refused } = carriedOut(session, edits, given.parcelId);
  const met = refused.filter(isConflict).map((one) => conflictOf(one, session.document, session.heard));
  const next = met.length === 0 ? done : { ...done, conflicts: joined(session.conflicts, met) };
  if (done === session) return { session: next, refused };
  const subject = subjectOf(edits);
  const last = session.past.at(-1);
  const isSameStride = subject !== null && last?.subject === subject && given.atMs - last.atMs < TYPING_PAUSE_MS;
  const past = isSameStride ? [...session.past.slice(0, -1), { undo: [...undo, ...last.undo], subject, atMs: given.atMs }] : [...session.past, { undo, subject, atMs: given.atMs }];
  return { session: { ...next, past: past.slice(-STRIDES_MAX), future: [] }, refused };
};

/** One step back; what was refused met somebody else's change meanwhile. */
export const undone = (session: Session, given: Given): Edited => {
  const last = session.past.at(-1);
  if (last === undefined) return { session, refused: [] };
  const { next, undo, refused } = carriedOut(session, last.undo, given.parcelId);
  return { session: { ...next, past: session.past.slice(0, -1), future: undo.length === 0 ? session.future : [...session.future, { undo, subject: null, atMs: given.atMs }] }, refused };
};

/** One step forward again. */
export const redone = (session: Session, given: Given): Edited => {
  const last = session.future.at(-1);
  if (last === undefined) return { session, refused: [] };
  const { next, undo, refused } = carriedOut(session, last.undo, given.parcelId);
  return { session: { ...next, future: session.future.slice(0, -1), past: undo.length === 0 ? session.past : [...session.past, { undo, subject: null, atMs: given.atMs }] }, refused };
};

/** The session after the server answered to its first parcel. */
export const afterSent = (session: Session, parcelId: string, sent: SentEdits): Session => {
  const parcel = session.waiting.find(({ id }) => id === parcelId);
  const missed = sent.missed.filter(({ revision, id }) => revision > session.revision && id !== parcelId);
  const known = applyEdits(session.confirmed, missed.flatMap(({ edits }) => edits)).document;
  // Heard of before the answer came, it is among what is confirmed already; once more it might undo what others did after it.
  const isHeard = sent.revision <= session.revision;
  const kept = isHeard ? [] : (parcel?.edits ?? []).filter((edit) => !sent.refused.some((refused) => isSame(refused.edit, edit)));
  const conflicts = sent.refused.filter(isConflict).map((one) => conflictOf(one, session.document, [...session.heard, ...missed]));
  return drawn({
    ...session,
    revision: Math.max(session.revision, sent.revision),
    confirmed: applyEdits(known, kept).document,
    waiting: session.waiting.filter(({ id }) => id !== parcelId),
    conflicts: joined(session.conflicts, conflicts),
    heard: remembered(session, missed),
  });
};

/** Whether the server left out some of what was missed, as it was more than it tells at once. */
export const hasGap = ({ revision }: Session, sent: SentEdits): boolean => (sent.missed.at(-1)?.revision ?? revision) < sent.revision - 1;

/** The session after hearing what was done by others, or by itself when the answer to it was lost. An own parcel of which not everything was carried out
 *  is kept, to be sent once more: the answer to the same id says what was refused and why. */
export const afterHeard = (session: Session, groups: readonly EditGroup[]): Session => {
  const news = groups.filter(({ revision }) => revision > session.revision);
  const isWhole = ({ id, edits }: EditGroup): boolean => edits.length >= (session.waiting.find((parcel) => parcel.id === id)?.edits.length ?? 0);
  const heard = new Set(news.filter(isWhole).map(({ id }) => id));
  return drawn({
    ...session,
    revision: news.at(-1)?.revision ?? session.revision,
    confirmed: applyEdits(session.confirmed, news.flatMap(({ edits }) => edits)).document,
    waiting: session.waiting.filter(({ id }) => !heard.has(id)),
    heard: remembered(session, news),
  });
};

const remembered = ({ heard }: Session, news: readonly EditGroup[]): readonly EditGroup[] => [...heard, ...news].slice(-HEARD_MAX);

/** Who removed a part; null when that was not heard of here. */
export const removerOf = ({ heard }: Pick<Session, "heard">, id: string): string | null =>
  heard.findLast(({ edits }) => edits.some((one) => one.do === "remove" && one.id === id))?.memberName ?? null;

/** The session on a map that was read anew, with what still waits on top. */
export const afterReload = (session: Session, map: { revision: number; document: MapDocument }): Session =>
  map.revision < session.revision ? session : drawn({ ...session, revision: map.revision, confirmed: map.document });

export const withoutConflict = (session: Session, key: string): Session => ({ ...session, conflicts: session.conflicts.filter((one) => one.key !== key) });

/** The session without a conflict because these edits settle it. Refused again, they stand as a conflict in its place; nothing is lost in between. */
export const settled = (session: Session, key: string, edits: readonly MapEdit[], given: Given): Edited => {
  const edited = withEdits(withoutConflict(session, key), edits, given);
  return edited.refused.every(isConflict) ? edited : { session, refused: edited.refused };
};

/** The session without a parcel the server does not take. What was drawn after it stays and is sent. */
export const withoutParcel = (session: Session, parcelId: string): Session => drawn({ ...session, waiting: session.waiting.filter(({ id }) => id !== parcelId) });

/** Whether a refused edit leaves something to decide; what is there already does not. */
export const isConflict = ({ because }: RefusedEdit): boolean => because !== "there_already";

/** The edit that has my way after all: what was changed meanwhile is changed once more, now knowing it. */
export const insisting = ({ edit, theirs }: Conflict): MapEdit => {
  if (edit.do !== "change") return edit;
  switch (edit.part) {
    case "stage": return { ...edit, was: theirs };
    case "step": return { ...edit, was: theirs };
    case "lane": return { ...edit, was: theirs };
    case "card": return { ...edit, was: theirs };
  }
};

const drawn = (session: Session): Session => ({ ...session, document: applyEdits(session.confirmed, session.waiting.flatMap(({ edits }) => edits)).document });

const carriedOut = (session: Session, edits: readonly MapEdit[], parcelId: string): { next: Session; undo: readonly MapEdit[]; refused: readonly RefusedEdit[] } => {
  const { document, done, refused } = applyEdits(session.document, edits);
  if (done.length === 0) return { next: session, undo: [], refused };
  const parcels = Array.from({ length: Math.ceil(done.length / PARCEL_MAX) }, (_, part) => ({ id: part === 0 ? parcelId : laterId(parcelId, part), edits: done.slice(part * PARCEL_MAX, (part + 1) * PARCEL_MAX) }));
  return { next: { ...session, document, waiting: [...session.waiting, ...parcels] }, undo: invertEdits(session.document, done), refused };
};

/** Ids for the further parcels of one change, each as unlikely to be met again as the first. */
const laterId = (id: string, part: number): string => `${part.toString(16).padStart(8, "0").slice(-8)}${id.slice(8)}`;

/** The one part whose words are changed; null when more than that happens. */
const subjectOf = (edits: readonly MapEdit[]): string | null => {
  const [edit] = edits;
  if (edit === undefined || edits.length > 1) return null;
  if (edit.do === "put") return `${edit.part}:${edit.value.id}`;
  return edit.do === "change" && typeof Reflect.get(edit.now, "text") === "string" ? `${edit.part}:${edit.id}` : null;
};

const conflictOf = ({ edit, because, theirs }: RefusedEdit, before: MapDocument, heard: readonly EditGroup[]): Conflict => {
  const id = idOf(edit);
  const fields = edit.do === "change" ? Object.keys(edit.now).toSorted().join(",") : edit.do;
  const places = [id, ...placesOf(edit, before)];
  const by = heard.findLast(({ edits }) => edits.some((one) => (because === "gone" ? one.do === "remove" && places.includes(one.id) : idOf(one) === id)));
  return { key: `${id}:${fields}`, edit, because, theirs, who: by?.memberName ?? null, lost: because === "gone" || because === "full" ? lostCard(edit, before) : null };
};

/** Conflicts with further ones: words written on take the place of those they go on from, others stand beside them. */
const joined = (conflicts: readonly Conflict[], more: readonly Conflict[]): readonly Conflict[] =>
  more.reduce<readonly Conflict[]>((all, one) => {
    const others = all.filter(({ edit }) => !goesOn(edit, one.edit));
    const same = others.filter(({ key }) => key === one.key || key.startsWith(`${one.key}#`)).map(({ key }) => Number(key.split("#")[1] ?? 1));
    return [...others, same.length === 0 ? one : { ...one, key: `${one.key}#${Math.max(...same) + 1}` }];
  }, conflicts);

const goesOn = (earlier: MapEdit, later: MapEdit): boolean => {
  if (earlier.do !== later.do || idOf(earlier) !== idOf(later)) return false;
  if (earlier.do !== "change" || later.do !== "change") return true;
  return Object.keys(earlier.now).every((field) => {
    const was: unknown = Reflect.get(later.was, field);
    return field in later.now && (isSame(was, Reflect.get(earlier.was, field)) || isSame(was, Reflect.get(earlier.now, field)));
  });
};

const idOf = (edit: MapEdit): string => (edit.do === "put" ? edit.value.id : edit.do === "measure" ? "" : edit.id);

/** The parts something cannot be without. */
const placesOf = (edit: MapEdit, before: MapDocument): string[] => {
  if (edit.do === "put") return edit.part === "card" ? [edit.value.stepId, edit.value.laneId] : edit.part === "step" ? [edit.value.stageId] : [];
  if (edit.do === "measure") return [];
  const card = before.cards.find(({ id }) => id === edit.id);
  const step = before.steps.find(({ id }) => id === edit.id);
  const target = edit.do !== "move" ? [] : edit.part === "card" ? [edit.stepId, edit.laneId] : edit.part === "step" ? [edit.stageId] : [];
  return [...(card === undefined ? [] : [card.stepId, card.laneId]), ...(step === undefined ? [] : [step.stageId]), ...target];
};

const unplacedCard: Omit<MapCard, "id"> = { stepId: "", laneId: "", text: "", phase: null, feeling: null, evidence: "assumed", fileId: null };

const lostCard = (edit: MapEdit, before: MapDocument): MapCard | null => {
  if (edit.do === "put") return edit.part === "card" ? edit.value : null;
  if ((edit.do !== "change" && edit.do !== "move") || edit.part !== "card") return null;
  const card = before.cards.find(({ id }) => id === edit.id);
  // Its removal was heard before: the words are in the edit alone, and the member says where they go.
  if (edit.do === "change") return { ...(card ?? { ...unplacedCard, id: edit.id, ...edit.was }), ...edit.now };
  return card === undefined ? null : { ...card, stepId: edit.stepId, laneId: edit.laneId };
};
