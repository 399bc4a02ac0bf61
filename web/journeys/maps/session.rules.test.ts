import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { EditGroup, MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { describe, expect, test } from "vitest";
import { withConflicts } from "./kept-map.rules.ts";
import { changeCard, emptyCard, emptyStep } from "./parts.rules.ts";
import { afterHeard, afterSent, beginSession, hasGap, insisting, redone, removerOf, type Session, settled, undone, withEdits, withoutParcel } from "./session.rules.ts";

const lane = { id: "lane1", kind: "pains", name: "Pain points" } as const;
const card = { ...emptyCard("card1", "look", lane), text: "slow" };
const map: MapDocument = { stages: [{ id: "find", name: "Find" }], steps: [emptyStep("look", "find", "Look"), emptyStep("read", "find", "Read")], lanes: [lane], cards: [card], measured: [] };
const begun = (): Session => beginSession({ revision: 3, document: map });
const ids = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002", "00000000-0000-7000-8000-000000000003"] as const;
const draw = (session: Session, edits: MapEdit[], place = 0, atMs = 0): Session => withEdits(session, edits, { parcelId: ids[place] ?? "", atMs }).session;
const write = (was: string, now: string): MapEdit => changeCard({ ...card, text: was }, { text: now });
const textOf = ({ document }: Session): string | undefined => document.cards.find(({ id }) => id === "card1")?.text;
const by = (revision: number, edits: MapEdit[], id: string = ids[2]): EditGroup => ({ id, revision, memberId: null, memberName: "Olga", at: "2026-11-22T12:00:00.000Z", edits });

test("an edit shows at once and waits to be sent", () => {
  const session = draw(begun(), [write("slow", "very slow")]);

  expect(textOf(session)).toBe("very slow");
  expect(session.confirmed).toBe(map);
  expect(session.waiting).toEqual([{ id: ids[0], edits: [write("slow", "very slow")] }]);
  const sent = afterSent(session, ids[0], { revision: 4, missed: [], refused: [] });
  expect([sent.revision, sent.waiting, textOf(sent)]).toEqual([4, [], "very slow"]);
});

describe("undo", () => {
  test("takes back typing one text as one step, and redo brings it again", () => {
    const typed = draw(draw(begun(), [write("slow", "sl")], 0, 0), [write("sl", "dear")], 1, 2_000);
    const back = undone(typed, { parcelId: ids[2], atMs: 9_000 }).session;
    expect([textOf(back), back.past.length, back.future.length]).toEqual(["slow", 0, 1]);
    expect(textOf(redone(back, { parcelId: ids[2], atMs: 9_500 }).session)).toBe("dear");
  });

  test("takes back what was written after a pause by itself", () => {
    const typed = draw(draw(begun(), [write("slow", "sl")], 0, 0), [write("sl", "dear")], 1, 60_000);
    expect(textOf(undone(typed, { parcelId: ids[2], atMs: 70_000 }).session)).toBe("sl");
  });

  test("brings back a step with all that lay in it", () => {
    const without = draw(begun(), [{ do: "remove", part: "step", id: "look" }]);
    expect(without.document.cards).toEqual([]);
    expect(undone(without, { parcelId: ids[1], atMs: 0 }).session.document).toEqual(map);
  });

  test("is refused where somebody else wrote meanwhile, and their words stay", () => {
    const mine = afterSent(draw(begun(), [write("slow", "mine")]), ids[0], { revision: 4, missed: [], refused: [] });
    const heard = afterHeard(mine, [by(5, [write("mine", "hers")])]);
    const { session, refused } = undone(heard, { parcelId: ids[1], atMs: 0 });
    expect(textOf(session)).toBe("hers");
    expect(refused.map(({ because }) => because)).toEqual(["changed_meanwhile"]);
  });

  test("with nothing to take back changes nothing", () => {
    const session = begun();
    expect(undone(session, { parcelId: ids[0], atMs: 0 }).session).toBe(session);
  });
});

describe("what others draw", () => {
  test("comes under what still waits", () => {
    const session = afterHeard(draw(begun(), [write("slow", "mine")]), [by(4, [{ do: "change", part: "stage", id: "find", was: { name: "Find" }, now: { name: "Discover" } }])]);
    expect([session.revision, session.document.stages[0]?.name, textOf(session)]).toEqual([4, "Discover", "mine"]);
  });

  test("heard twice counts once", () => {
    const rename = (was: string, now: string): MapEdit => ({ do: "change", part: "stage", id: "find", was: { name: was }, now: { name: now } });
    const news = [by(4, [rename("Find", "Discover")]), by(5, [rename("Discover", "Find")])];
    const heard = afterHeard(begun(), news);
    expect(afterHeard(heard, news.slice(0, 1)).document).toEqual(map);
    const sent = afterSent(draw(heard, [write("slow", "mine")]), ids[0], { revision: 6, missed: news.slice(0, 1), refused: [] });
    expect([sent.document.stages[0]?.name, sent.revision]).toEqual(["Find", 6]);
  });

  test("tells of an own parcel whose answer was lost and of which a part was refused: it is sent again, and the answer says what was", () => {
    const hers = afterHeard(begun(), [by(4, [write("slow", "hers")])]);
    const mine = write("slow", "mine");
    const moved: MapEdit = { do: "move", part: "step", id: "read", stageId: "find", before: "look" };
    const parcel = { id: ids[0], edits: [moved, mine] };
    const back: MapEdit = { do: "move", part: "step", id: "look", stageId: "find", before: "read" };
    const heard = afterHeard({ ...hers, waiting: [parcel] }, [by(5, [moved], ids[0]), by(6, [back])]);
    expect([heard.waiting, textOf(heard)]).toEqual([[parcel], "hers"]);

    const answered = afterSent(heard, ids[0], { revision: 5, missed: [], refused: [{ edit: mine, because: "changed_meanwhile", theirs: { text: "hers" } }] });
    expect([answered.revision, answered.waiting, answered.document.steps.map(({ id }) => id)]).toEqual([6, [], ["look", "read"]]);
    expect(answered.conflicts).toMatchObject([{ because: "changed_meanwhile", theirs: { text: "hers" }, edit: mine }]);
  });

  test("tells of an own parcel whose answer was lost, which is then not sent again", () => {
    const session = afterHeard(draw(begun(), [write("slow", "mine")]), [by(4, [write("slow", "mine")], ids[0])]);
    expect([session.waiting, textOf(session)]).toEqual([[], "mine"]);
  });
});

describe("a conflict", () => {
  const refusedEdit = { edit: write("slow", "mine"), because: "changed_meanwhile" as const, theirs: { text: "hers" } };
  const met = afterSent(draw(begun(), [write("slow", "mine")]), ids[0], { revision: 4, missed: [by(4, [write("slow", "hers")])], refused: [refusedEdit] });

  test("shows theirs, keeps mine and says who it was", () => {
    expect(textOf(met)).toBe("hers");
    expect(met.conflicts).toEqual([{ key: "card1:text", edit: refusedEdit.edit, because: "changed_meanwhile", theirs: { text: "hers" }, who: "Olga", lost: null }]);
  });

  test("can have my way, now knowing theirs", () => {
    const [conflict] = met.conflicts;
    const mine = conflict === undefined ? met : draw(met, [insisting(conflict)], 1);
    expect(textOf(mine)).toBe("mine");
  });

  test("about a card whose step is gone keeps the card", () => {
    const written = draw(begun(), [write("slow", "mine")]);
    const gone = afterSent(written, ids[0], { revision: 4, missed: [by(4, [{ do: "remove", part: "step", id: "look" }])], refused: [{ edit: write("slow", "mine"), because: "gone", theirs: {} }] });
    expect(gone.document.cards).toEqual([]);
    expect(gone.conflicts[0]).toMatchObject({ because: "gone", who: "Olga", lost: { text: "mine", stepId: "look" } });
  });
});

test("who removed a step is told, and nobody is named for what somebody else removed", () => {
  const heard = afterHeard(begun(), [by(4, [write("slow", "hers")]), by(5, [{ do: "remove", part: "step", id: "look" }])]);
  expect([removerOf(heard, "look"), removerOf(heard, "lane1")]).toEqual(["Olga", null]);
  const met = afterSent(draw(begun(), [write("slow", "mine")]), ids[0], { revision: 4, missed: [by(4, [{ do: "remove", part: "step", id: "buy" }])], refused: [{ edit: write("slow", "mine"), because: "gone", theirs: {} }] });
  expect(met.conflicts[0]?.who).toBeNull();
});

describe("an edit refused in the browser", () => {
  const heard = afterHeard(begun(), [by(4, [write("slow", "hers")])]);

  test("is a conflict with its words, and nothing of it is sent", () => {
    const met = draw(heard, [write("slow", "mine")]);
    expect([met.waiting, textOf(met)]).toEqual([[], "hers"]);
    expect(met.conflicts).toMatchObject([{ key: "card1:text", because: "changed_meanwhile", theirs: { text: "hers" }, edit: write("slow", "mine"), who: "Olga" }]);
  });

  test("and written on stays one conflict with the newest words", () => {
    expect(draw(draw(heard, [write("slow", "mine")]), [write("slow", "mine and more")], 1).conflicts).toMatchObject([{ edit: { now: { text: "mine and more" } } }]);
  });

  test("does not push away other words about the same card", () => {
    const again = afterHeard(draw(heard, [write("slow", "mine")]), [by(5, [write("hers", "theirs")])]);
    const both = draw(again, [write("hers", "second")], 1);
    expect(both.conflicts).toMatchObject([{ key: "card1:text", edit: { now: { text: "mine" } } }, { key: "card1:text#2", edit: { now: { text: "second" } } }]);
  });

  test("of a card that was removed before keeps the whole card", () => {
    const gone = afterHeard(begun(), [by(4, [{ do: "remove", part: "card", id: "card1" }])]);
    expect(draw(gone, [write("slow", "mine")]).conflicts).toMatchObject([{ because: "gone", lost: { id: "card1", text: "mine", evidence: card.evidence } }]);
  });

  test("goes once it is settled, and stays with theirs anew when that is refused again", () => {
    const met = draw(heard, [write("slow", "mine")]);
    const [conflict] = met.conflicts;
    if (conflict === undefined) throw new Error("There is no conflict.");
    const given = { parcelId: ids[1], atMs: 0 };
    const mine = settled(met, conflict.key, [insisting(conflict)], given).session;
    expect([textOf(mine), mine.conflicts]).toEqual(["mine", []]);
    const again = settled(afterHeard(met, [by(5, [write("hers", "later")])]), conflict.key, [insisting(conflict)], given).session;
    expect([textOf(again), again.conflicts]).toMatchObject(["later", [{ theirs: { text: "later" }, edit: { now: { text: "mine" } } }]]);
    const elsewhere = settled(met, conflict.key, [{ do: "put", part: "card", value: { ...card, id: "card2", text: "mine", stepId: "gone" }, before: null }], given).session;
    expect(elsewhere.conflicts).toMatchObject([{ because: "gone", lost: { text: "mine" } }]);
  });
});

describe("a map that is kept as a new one", () => {
  const hers = (edits: MapEdit[]): Session => afterHeard(begun(), [by(4, edits)]);
  const keep = ({ document, conflicts }: Session) => withConflicts(document, conflicts, () => "fresh");

  test("has my words where somebody else wrote meanwhile, and once more after that", () => {
    const met = draw(hers([write("slow", "hers")]), [write("slow", "mine")]);
    expect(keep(afterHeard(met, [by(5, [write("hers", "later")])]))).toMatchObject({ document: { cards: [{ id: "card1", text: "mine" }] }, left: [] });
  });

  test("has a card whose step is gone on a step that is there", () => {
    const kept = keep(draw(hers([{ do: "remove", part: "step", id: "look" }]), [write("slow", "mine")]));
    expect(kept).toMatchObject({ document: { cards: [{ id: "fresh", stepId: "read", laneId: "lane1", text: "mine" }] }, left: [] });
  });

  test("leaves what finds no place, or what the server does not take, with its words to be decided", () => {
    const bare = draw(hers([{ do: "remove", part: "stage", id: "find" }]), [write("slow", "mine")]);
    expect(keep(bare).left).toEqual(bare.conflicts);
    const unknown = bare.conflicts.map((one) => ({ ...one, because: "unknown" as const }));
    expect(withConflicts(map, unknown, () => "fresh")).toEqual({ document: map, left: unknown });
  });

  test("leaves nothing of a card that only was not moved", () => {
    const moved: MapEdit = { do: "move", part: "card", id: "card1", stepId: "read", laneId: "lane1", before: null };
    const { document, left } = keep(draw(hers([{ do: "remove", part: "step", id: "read" }]), [moved]));
    expect([document.cards, left]).toEqual([[card], []]);
  });
});

test("a parcel that is discarded goes alone", () => {
  const drawn = draw(draw(begun(), [write("slow", "refused")]), [{ do: "change", part: "stage", id: "find", was: { name: "Find" }, now: { name: "Discover" } }], 1);
  const left = withoutParcel(drawn, ids[0]);
  expect([left.waiting.map(({ id }) => id), textOf(left), left.document.stages[0]?.name, left.past.length]).toEqual([[ids[1]], "slow", "Discover", 2]);
});

test("a change of more than the server takes at once travels in several parcels with names of their own", () => {
  const many = Array.from({ length: 501 }, (_, place): MapEdit => ({ do: "put", part: "card", value: { ...card, id: `many${place}` }, before: null }));
  const { waiting } = draw(begun(), many);
  expect(waiting.map(({ edits }) => edits.length)).toEqual([500, 1]);
  expect(new Set(waiting.map(({ id }) => id)).size).toBe(2);
});

test("an edit is known as refused in whatever order the server writes its fields", () => {
  const sameEdit = write("slow", "mine");
  const edit: MapEdit = sameEdit.do === "change" && sameEdit.part === "card" ? { now: sameEdit.now, was: sameEdit.was, id: sameEdit.id, part: "card", do: "change" } : sameEdit;
  const sent = afterSent(draw(begun(), [write("slow", "mine")]), ids[0], { revision: 3, missed: [], refused: [{ edit, because: "there_already", theirs: {} }] });
  expect([textOf(sent), sent.confirmed]).toEqual(["slow", map]);
});

test.each<[string, number, number[], boolean]>([
  ["nothing was missed", 4, [], false],
  ["all of it is told", 6, [4, 5], false],
  ["the last of it is not told", 7, [4, 5], true],
  ["none of it is told", 5, [], true],
])("%s: edits up to %i with %j missed leave a gap: %s", (_, revision, missed, expected) => {
  expect(hasGap(begun(), { revision, missed: missed.map((one) => by(one, [])), refused: [] })).toBe(expected);
});
