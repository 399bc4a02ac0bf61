import { listMembers } from "#people";
import { newId } from "#platform/db";
import { AppError, defineRoute } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { wordsOfAnswer } from "../surveys/answer-words.rules.ts";
import { Answer, Question } from "../surveys/definition.contract.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { findListedResponse, listTags } from "./response-list.queries.ts";
import type { ListedResponseRow } from "./response-list.queries.ts";
import {
  CorrectAnswerBody, DeleteResponsesBody, FlagResponseBody, NoteBody, ResponseChange, ResponseNote, RetentionRun, TagResponsesBody,
} from "./response-work.contract.ts";
import { deleteNote, insertNote, listChanges, listNotes } from "./response-work.queries.ts";
import type { NewChange } from "./response-work.queries.ts";
import { correctAnswer, flagResponse, removeResponses, tagResponses, unflagResponse } from "./response-work.ts";
import { runRetention } from "./retention.ts";
import { SurveyResponse } from "./responses.contract.ts";
import { showResponses } from "./shown-responses.ts";

const tag = "feedback";
const canRead = { ability: "responses.read" };
const canWork = { ability: "responses.work" };
const canCorrect = { ability: "responses.correct" };
const one = z.object({ id: z.uuid() });
const TAGS_MAX = 200;

export const responseWorkRoutes = [
  defineRoute({
    method: "GET", url: "/api/response-tags", summary: "Tags that responses bear, the most frequent first", tag, access: canRead,
    reply: z.object({ items: z.array(z.object({ tag: z.string(), count: z.int() })) }),
    answer: async ({ actor, services }) => ({ items: await listTags(services.db, actor.workspaceId, TAGS_MAX) }),
  }),
  defineRoute({
    method: "POST", url: "/api/responses/tags", summary: "Put tags on responses and take others off", tag, access: canWork,
    body: TagResponsesBody, reply: z.object({ changed: z.int() }),
    answer: ({ actor, services, body }) => tagResponses(services, actor, body),
  }),
  defineRoute({
    method: "POST", url: "/api/responses/deletions", summary: "Delete responses with everything they said", tag, access: { ability: "responses.delete" },
    body: DeleteResponsesBody, reply: z.object({ deleted: z.int() }),
    answer: ({ actor, services, body }) => removeResponses(services, actor, body.ids),
  }),
  defineRoute({
    method: "POST", url: "/api/surveys/:id/retention-runs", summary: "Make old responses anonymous or delete them, by the survey's rule; a dry run says what it would do", tag,
    access: { ability: "responses.delete" }, params: one, query: z.object({ dryRun: z.enum(["", "true", "false"]).optional() }), reply: RetentionRun, status: 202,
    answer: ({ actor, services, params, query }) => runRetention(services, actor, params.id, query.dryRun !== undefined && query.dryRun !== "false"),
  }),
  defineRoute({
    method: "PUT", url: "/api/responses/:id/answers/:questionId", summary: "Correct an answer; the old one stays in the history", tag, access: canCorrect,
    params: one.extend({ questionId: z.string().max(40) }), body: CorrectAnswerBody, reply: SurveyResponse,
    answer: async ({ actor, services, params, body }) => {
      await correctAnswer(services, actor, { responseId: params.id, questionId: params.questionId }, body);
      return showOne(services, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "PUT", url: "/api/responses/:id/flag", summary: "Take a response out of all scores", tag, access: canWork, params: one, body: FlagResponseBody, reply: SurveyResponse,
    answer: async ({ actor, services, params, body }) => {
      await flagResponse(services, actor, params.id, body.reason);
      return showOne(services, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "DELETE", url: "/api/responses/:id/flag", summary: "Let a flagged response count after all", tag, access: canWork, params: one, reply: SurveyResponse,
    answer: async ({ actor, services, params }) => {
      await unflagResponse(services, actor, params.id);
      return showOne(services, actor.workspaceId, params.id);
    },
  }),
  defineRoute({
    method: "GET", url: "/api/responses/:id/questions", summary: "The questions as they were asked in this response", tag, access: canRead, params: one,
    reply: z.object({ languages: z.array(z.string()), questions: z.array(Question) }),
    answer: async ({ actor, services, params }) => {
      const { definition } = await getListed(services, actor.workspaceId, params.id);
      return { languages: definition.languages, questions: definition.questions };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/responses/:id/history", summary: "What members changed about a response, newest first", tag, access: canRead, params: one,
    reply: z.object({ items: z.array(ResponseChange) }),
    answer: async ({ actor, services, params }) => {
      const response = await getListed(services, actor.workspaceId, params.id);
      const [changes, names] = [await listChanges(services.db, actor.workspaceId, params.id), await namesOf(services, actor.workspaceId)];
      return { items: changes.map((change) => showChange(response.definition, change, names)) };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/responses/:id/notes", summary: "Notes beside a response, oldest first", tag, access: canRead, params: one, reply: z.object({ items: z.array(ResponseNote) }),
    answer: async ({ actor, services, params }) => {
      await getListed(services, actor.workspaceId, params.id);
      const [notes, names] = [await listNotes(services.db, actor.workspaceId, params.id), await namesOf(services, actor.workspaceId)];
      return { items: notes.map(({ id, text, memberId, createdAt }) => ({ id, text, member: names(memberId), createdAt: createdAt.toISOString() })) };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/responses/:id/notes", summary: "Write a note beside a response", tag, access: canWork, params: one, body: NoteBody, reply: ResponseNote, status: 201,
    answer: async ({ actor, services, params, body }) => {
      await getListed(services, actor.workspaceId, params.id);
      const note = { id: newId(), text: body.text, createdAt: services.clock.now() };
      await insertNote(services.db, { ...note, workspaceId: actor.workspaceId, responseId: params.id, memberId: actor.memberId });
      return { ...note, createdAt: note.createdAt.toISOString(), member: (await namesOf(services, actor.workspaceId))(actor.memberId) };
    },
  }),
  defineRoute({
    method: "DELETE", url: "/api/responses/:id/notes/:noteId", summary: "Take a note away", tag, access: canWork, params: one.extend({ noteId: z.uuid() }), reply: z.undefined(), status: 204,
    answer: async ({ actor, services, params }) => {
      if (await deleteNote(services.db, actor.workspaceId, params.id, params.noteId)) return undefined;
      throw new AppError("not_found", 404, `There is no note ${params.noteId} here.`);
    },
  }),
];

const getListed = async (services: Services, workspaceId: string, id: string): Promise<ListedResponseRow> => {
  const row = await findListedResponse(services.db, workspaceId, id);
  if (row === null) throw new AppError("not_found", 404, `There is no response ${id} here.`);
  return row;
};

const showOne = async (services: Services, workspaceId: string, id: string): Promise<SurveyResponse> => {
  const [shown] = await showResponses(services.db, workspaceId, [await getListed(services, workspaceId, id)]);
  if (shown === undefined) throw new AppError("not_found", 404, `There is no response ${id} here.`);
  return shown;
};

type NameOf = (memberId: string | null) => { id: string; name: string } | null;

const namesOf = async (services: Services, workspaceId: string): Promise<NameOf> => {
  const names = new Map((await listMembers(services.db, workspaceId)).map(({ id, name }) => [id, name]));
  return (memberId) => {
    const name = memberId === null ? undefined : names.get(memberId);
    return memberId === null || name === undefined ? null : { id: memberId, name };
  };
};

const showChange = (definition: SurveyDefinition, change: NewChange, nameOf: NameOf): ResponseChange => {
  const { id, kind, questionId, reason, at } = change;
  const question = definition.questions.find((one) => one.id === questionId);
  const [language = "en"] = definition.languages;
  const say = (value: unknown): string | null => {
    if (Array.isArray(value)) return value.join(", ");
    const answer = Answer.safeParse(value);
    return value === null || question === undefined || !answer.success ? null : wordsOfAnswer(question, answer.data, language, definition.languages);
  };
  return {
    id, kind, questionId, question: question === undefined ? null : textIn(question.title, language, definition.languages),
    before: say(change.before), after: say(change.after), reason, member: nameOf(change.memberId), at: at.toISOString(),
  };
};
