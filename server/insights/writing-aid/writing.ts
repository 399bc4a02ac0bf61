// Summaries and drafts that a language model writes from comments, after personal data is taken out of them.
import { findPersonalData, redact, type PersonalData } from "@firsthand/text";
import { listNamesOfCustomers, listPerceptionsBeside, maySeeCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { CommentFilters } from "../comments/comments.contract.ts";
import { listComments } from "../comments/comments.ts";
import { listReadings } from "../comments/readings.queries.ts";
import { askModel, parse, type Answered } from "./asking.ts";
import { writtenSummary, type CommentSummary, type ReplyDraft } from "./writing-aid.contract.ts";
import { findWriterOf } from "./writing-aid.queries.ts";
import { checkDraft, checkSentences, COMMENTS_MAX, draftMessages, jsonIn, summaryMessages, withoutName } from "./writing-aid.rules.ts";
import { getAidFor, writingAidErrors } from "./writing-aid.ts";

// Personal data is looked for in more than is sent, so that the cut does not go through the middle of it.
const READ_LENGTH_MAX = 4_000;
const SENT_LENGTH_MAX = 1_000;

/** Sums up the newest comments that some filters show. Neither ids nor names nor anything but their words are sent.
 *  @throws writing_aid_off and the other refusals of the writing aid */
export const writeSummary = async (services: Services, actor: Actor, filters: CommentFilters): Promise<CommentSummary> => {
  const aid = await getAidFor(services, actor.workspaceId, "writesSummaries");
  const { items, nextCursor } = await listComments(services, actor.workspaceId, { ...filters, limit: COMMENTS_MAX });
  const seesCustomers = maySeeCustomers(actor);
  const comments = items
    .map(({ id, at, text, personalData, customer }) => ({ id, at, text: sendable(text, personalData, customer?.name ?? null), customerId: seesCustomers ? (customer?.id ?? null) : null }))
    .filter(({ text }) => text !== "")
    .map((comment, place) => ({ number: place + 1, ...comment }));
  if (comments.length === 0) throw writingAidErrors.refuse("writing_aid_nothing_to_read", "No comment is left to be summarised with these filters.");
  await noteAsked(services, actor, { use: "summary", comments: comments.length, host: new URL(aid.address).host });
  const answer = textOf(await askModel(services, aid, summaryMessages(comments.map(({ text }) => text))));
  const written = writtenSummary.safeParse(parse(jsonIn(answer)));
  const sentences = written.success ? checkSentences(written.data.sentences, comments.length) : [];
  if (sentences.length === 0) throw unusable(`${aid.model} answered, but with no sentence that names the comments it rests on. Try again, or another model.`);
  return { model: aid.model, sentences, comments, isAll: nextCursor === null };
};

/** Drafts a reply to one comment; whether it is ever used is for a person to decide.
 *  @throws not_found, writing_aid_off and the other refusals of the writing aid */
export const writeReplyDraft = async (services: Services, actor: Actor, commentId: string): Promise<ReplyDraft> => {
  const record = (await listPerceptionsBeside(services.db, actor.workspaceId, [commentId])).find(({ id }) => id === commentId);
  if (record?.text == null) throw httpErrors.refuse("not_found", "There is no such comment in this workspace.");
  const aid = await getAidFor(services, actor.workspaceId, "writesDrafts");
  const [reading] = await listReadings(services.db, actor.workspaceId, [commentId]);
  const sent = sendable(record.text, reading?.personalData, await findNameOfWriter(services, actor.workspaceId, commentId));
  if (sent === "") throw writingAidErrors.refuse("writing_aid_nothing_to_read", "This comment has no words to reply to.");
  await noteAsked(services, actor, { use: "draft", comments: 1, host: new URL(aid.address).host });
  const text = checkDraft(textOf(await askModel(services, aid, draftMessages(sent))));
  if (text === "") throw unusable(`${aid.model} answered with no words. Try again, or another model.`);
  return { model: aid.model, text, sent };
};

// What was found when it was read, as people left it; a comment that was not read yet is looked through here.
const sendable = (text: string, found: readonly PersonalData[] | undefined, name: string | null): string => {
  const whole = text.toWellFormed();
  const hidden = found === undefined ? hideFound(whole.slice(0, READ_LENGTH_MAX)) : redact(whole, found).slice(0, READ_LENGTH_MAX);
  return withoutName(hidden, name).slice(0, SENT_LENGTH_MAX).toWellFormed().trim();
};

const hideFound = (text: string): string => redact(text, findPersonalData(text));

// Without the row nobody can tell whose name to take out: rather no draft than one that tells it.
const findNameOfWriter = async (services: Services, workspaceId: string, commentId: string): Promise<string | null> => {
  const writer = await findWriterOf(services.analytics, workspaceId, commentId);
  if (writer === null) throw httpErrors.refuse("not_found", "This comment is not among the comments that were read. If it came a moment ago, try again soon.");
  const [named] = writer.customer === null ? [] : await listNamesOfCustomers(services.db, workspaceId, [writer.customer]);
  return named?.name ?? null;
};

// Written down before it happens, so that what left can be told even where no answer came.
const noteAsked = (services: Services, actor: Actor, details: { use: "summary" | "draft"; comments: number; host: string }): Promise<void> =>
  recordAudit(services.db, actor, { action: "writing_aid.asked", subject: actor.workspaceId, details });

const textOf = (answered: Answered): string => {
  if (answered.ok) return answered.text;
  if (answered.reason === "unusable") throw unusable(answered.message);
  throw writingAidErrors.refuse(answered.reason === "refused" ? "writing_aid_refused" : "writing_aid_unreachable", answered.message);
};

const unusable = (message: string) => writingAidErrors.refuse("writing_aid_answer_unusable", message);
