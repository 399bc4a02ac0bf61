import { askedBy, type Asked } from "@firsthand/text";
import { listPerceptionsBeside, maySeeCustomers } from "#customers";
import { listNamedMembers } from "#people";
import { can, type Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { correctThemes, nameThemes } from "../themes/comment-themes.ts";
import type { CorrectionBody, CorrectionRow, CorrectionsReply } from "./comments.contract.ts";
import { insertCorrections, isRead, listCorrections, lockReading, rewriteReading, type CorrectableReading, type ListedCorrection } from "./corrections.queries.ts";
import { applyCorrection, type PartChange } from "./corrections.rules.ts";
import { enqueueLearning } from "./learning.ts";
import { taughtParts } from "./lessons.rules.ts";
import { findNameList } from "./known-names.ts";
import { correctMarks } from "./marks.ts";
import { readMarkPlace } from "./marks.rules.ts";
import { findTaught, type Taught } from "./taught.ts";
import { readWords } from "./text-engine.ts";

const LEARN_AFTER_MS = 5_000;

/** Sets parts of what was read in a comment right, or gives them back to the reader. What a person said stays when comments are read anew, and
 *  teaches the workspace's model.
 *  @throws not_found, and what marking words refuses */
export const correctReading = async (services: Services, actor: Actor, perceptionId: string, body: CorrectionBody): Promise<void> => {
  const { workspaceId, memberId } = actor;
  const record = (await listPerceptionsBeside(services.db, workspaceId, [perceptionId])).find(({ id }) => id === perceptionId);
  const text = record?.text;
  const taught = await findTaught(services, workspaceId);
  const names = body.marks === undefined && body.marksAsRead === undefined ? null : await findNameList(services, workspaceId);
  await transaction(services.db, async (tx) => {
    const reading = await lockReading(tx, workspaceId, perceptionId);
    if (reading === null || text == null) throw missing();
    const changes = [
      ...(await correctParts(tx, { workspaceId, perceptionId, text, asked: record?.question == null ? null : askedBy(record.question), reading, body, taught })),
      ...(await correctMarks(tx, actor, { perceptionId, text, reading, body, names })),
      ...(await correctThemes(tx, workspaceId, perceptionId, body)),
    ];
    if (changes.length === 0) return;
    await insertCorrections(tx, { workspaceId, perceptionId, memberId, at: services.clock.now() }, changes.map((change) => ({ id: newId(), ...change })));
    const parts = [...new Set(changes.map(({ part }) => part))];
    await recordAudit(tx, actor, { action: "comment.corrected", subject: perceptionId, details: { parts } });
    if (parts.some((part) => teaching.has(part))) await enqueueLearning(tx, workspaceId, LEARN_AFTER_MS);
    await publish(tx, { name: "comment.corrected", workspaceId, payload: { perceptionId, parts } });
  });
};

const teaching: ReadonlySet<string> = new Set(taughtParts);
const missing = () => httpErrors.refuse("not_found", "There is no such comment in this workspace, or it has not been read yet.");

type Given = { workspaceId: string; perceptionId: string; text: string; asked: Asked | null; reading: CorrectableReading; body: CorrectionBody; taught: Taught | null };

const correctParts = async (tx: Queryable, { workspaceId, perceptionId, text, asked, reading, body, taught }: Given): Promise<PartChange[]> => {
  const read = readWords(text, taught?.correction ?? null, asked);
  const { changes, after, sentimentScore } = applyCorrection(reading, body, read);
  if (changes.length > 0) await rewriteReading(tx, workspaceId, perceptionId, { ...after, sentimentScore, isUnsure: after.corrected.length === 0 && read.isUnsure });
  return changes;
};

const SHOWN_MAX = 200;

/** Who set what in a comment and when, and what was taken back, newest first.
 *  @throws not_found */
export const showCorrections = async (services: Services, actor: Actor, perceptionId: string): Promise<CorrectionsReply> => {
  const { db } = services;
  const { workspaceId } = actor;
  if (!(await isRead(db, workspaceId, perceptionId))) throw missing();
  const rows = await listCorrections(db, workspaceId, perceptionId, SHOWN_MAX);
  const members = can(actor, "members.read") ? new Map((await listNamedMembers(db, workspaceId)).map(({ id, name }) => [id, name])) : new Map<string, string>();
  const themes = await nameThemes(db, workspaceId);
  // Places in a text that is shown with its personal data replaced would be wrong ones.
  const shown = rows.filter(({ part }) => maySeeCustomers(actor) || (part !== "personalData" && part !== "mentions"));
  return { items: shown.map((row) => showCorrection(row, { members, themes })) };
};

type Names = { members: ReadonlyMap<string, string>; themes: ReadonlyMap<string, string> };

const showCorrection = ({ at, memberId, place, before, after, ...row }: ListedCorrection, { members, themes }: Names): CorrectionRow => ({
  ...row,
  at: at.toISOString(),
  member: memberId === null ? null : { id: memberId, name: members.get(memberId) ?? null },
  words: row.part === "themes" ? null : readMarkPlace(place),
  theme: row.part === "themes" ? { id: place, name: themes.get(place) ?? null } : null,
  before: sayingOf(before),
  after: sayingOf(after),
});

const sayingOf = (value: unknown): string | null => (typeof value === "boolean" ? (value ? "yes" : "no") : typeof value === "string" ? value : null);
