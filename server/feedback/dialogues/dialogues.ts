// One survey asked turn by turn. Chat and voice bring the words to and fro; what to ask, what an answer means and what is saved is decided here.
import { addressOfSubject, askToContact, findOwners, readIdentifier, subjectText } from "#customers";
import type { ContactDecision } from "#customers";
import { nobody } from "#platform/access";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { contextOf } from "../responses/context.ts";
import { checkStanding, getSurveyAt, getVersion } from "../responses/open-surveys.ts";
import type { OpenSurvey } from "../responses/open-surveys.ts";
import { SaveResponseBody } from "../responses/responses.contract.ts";
import { saveResponse } from "../responses/responses.ts";
import { tellRefusal } from "../survey-page/refusals.rules.ts";
import type { LocalText } from "../surveys/definition.contract.ts";
import { createSurveyLink } from "../surveys/links.ts";
import { chooseLanguage, textIn } from "../surveys/local-text.rules.ts";
import { arrangeFor } from "../surveys/order.rules.ts";
import { fillText } from "../surveys/piping.rules.ts";
import { FULL_ENDING_ID } from "../surveys/survey-settings.rules.ts";
import { endingOf } from "../surveys/survey-path.rules.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import { askedQuestion, toldStatement } from "./dialogue.rules.ts";
import { dialogueWordsIn } from "./dialogue-words.rules.ts";
import type { AnswerTurnBody, BegunDialogue, BeginDialogueBody, DialogueReply } from "./dialogues.contract.ts";
import { deleteOldDialogues, findDialogue, insertDialogue, updateDialogue } from "./dialogues.queries.ts";
import type { DialogueRow } from "./dialogues.queries.ts";
import { begin, isWhole, statementsBefore, step } from "./steps.rules.ts";
import type { Asking } from "./steps.rules.ts";

export const dialogueErrors = defineErrors("dialogues", {
  dialogue_not_possible: { status: 409, meaning: "The survey has no question that this channel can ask." },
  dialogue_ended: { status: 409, meaning: "The dialogue has ended. Begin a new one." },
  dialogue_moved_on: { status: 409, meaning: "Another answer to the same question came first. Ask what the dialogue says now with that answer's key." },
  subject_names_nobody: { status: 400, meaning: "The subject is not a kind and a value, such as phone:+4930123456, or is missing where the organisation begins." },
  dialogue_not_allowed: { status: 409, meaning: "The contact policy does not let the organisation begin with this person now; `details` has the reason and when to try again." },
});

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Begins to ask one person a survey. Who wrote or called first may be asked; where the organisation begins, the contact policy decides.
 *  @throws not_found, survey_closed and its like, dialogue_not_possible, dialogue_not_allowed */
export const beginDialogue = async (services: Services, given: BeginDialogueBody & { workspaceId: string; surveyId: string }): Promise<BegunDialogue> => {
  const { workspaceId, surveyId } = given;
  const now = services.clock.now();
  const survey = await openSurvey(services, workspaceId, surveyId);
  checkStanding(survey, now);
  const version = survey.publishedVersion ?? 0;
  const definition = await getVersion(services.db, survey, version);
  const row: DialogueRow = {
    workspaceId, id: newId(), surveyId, version, channel: given.channel, language: chooseLanguage(definition.languages, [given.language]), subject: subjectOf(given.subject), isTrial: given.isTrial,
    answers: {}, questionId: null, attempt: 1, ended: null, turn: 0, keys: [], createdAt: now, updatedAt: now,
  };
  const asking = await askingOf(services, survey, row);
  const standing = begin(asking);
  if (standing === null) throw dialogueErrors.refuse("dialogue_not_possible", `"${survey.name}" has no question that can be asked ${given.channel === "chat" ? "in a chat" : "on the phone"}.`);
  const { subject } = row;
  const isOurs = given.begunBy === "organisation" && !given.isTrial;
  if (isOurs && subject === null) throw dialogueErrors.refuse("subject_names_nobody", "Say with whom the dialogue is begun, such as phone:+4930123456: the contact policy asks about that person.");
  await deleteOldDialogues(services.db, workspaceId, new Date(now.getTime() - KEPT_DAYS * DAY_MS));
  const decision = await transaction(services.db, async (tx): Promise<ContactDecision | null> => {
    const decided = isOurs && subject !== null ? await askPolicy(tx, survey, { ...row, subject }, given.kind) : null;
    if (decided?.decision !== "not_asked") await insertDialogue(tx, { ...row, ...standing });
    return decided;
  });
  // Refused after the transaction, so that the ledger keeps the decision.
  if (decision?.decision === "not_asked") throw notAllowed(decision);
  const intro = sayIn(asking, { ...row, ...standing }, asking.definition.intro);
  const reply = turnOf(asking, { ...row, ...standing });
  return { dialogueId: row.id, turn: { ...reply, say: joined(intro, reply.say) } };
};

const askPolicy = async (tx: Queryable, survey: OpenSurvey, row: DialogueRow & { subject: string }, kind: BeginDialogueBody["kind"]): Promise<ContactDecision> => {
  const [owner] = await findOwners(tx, [{ workspaceId: row.workspaceId, subject: row.subject, at: row.createdAt }]);
  return askToContact(tx, {
    workspaceId: row.workspaceId, customerId: owner?.customerId ?? null, address: addressOfSubject(row.subject), channel: row.channel, purpose: "survey", kind,
    reference: { type: "survey", id: survey.id, label: survey.name }, isReminder: false, at: row.createdAt, key: `dialogue ${row.id}`,
  });
};

const notAllowed = ({ reason, until }: Extract<ContactDecision, { decision: "not_asked" }>): AppError =>
  dialogueErrors.refuse("dialogue_not_allowed", `The contact policy says no: ${reason.replaceAll("_", " ")}${until === null ? "" : `, until ${until.toISOString()}`}. Answers of who writes or calls by themselves are taken all the same.`, {
    reason, until: until?.toISOString() ?? null,
  });

/** Takes what the person gave and says what comes next. Said twice with the same key, it counts once and is answered alike.
 *  @throws not_found, dialogue_ended, dialogue_moved_on, survey_closed and its like */
export const answerTurn = async (services: Services, given: AnswerTurnBody & { workspaceId: string; dialogueId: string }): Promise<DialogueReply> => {
  const row = await requireDialogue(services, given.workspaceId, given.dialogueId);
  const survey = await openSurvey(services, row.workspaceId, row.surveyId);
  const asking = await askingOf(services, survey, row);
  if (row.keys.includes(given.key)) return replyTo(services, survey, asking, row);
  if (row.ended !== null) throw dialogueErrors.refuse("dialogue_ended", "This dialogue has ended. Begin a new one.");
  const next: DialogueRow = { ...row, ...step(row, given.given, asking), turn: row.turn + 1, keys: [...row.keys, given.key] };
  if (await updateDialogue(services.db, next, services.clock.now())) return replyTo(services, survey, asking, next);
  const latest = await requireDialogue(services, given.workspaceId, given.dialogueId);
  if (!latest.keys.includes(given.key)) throw dialogueErrors.refuse("dialogue_moved_on", "Another answer to this question came first.");
  return replyTo(services, survey, asking, latest);
};

/** Saves what is known and says what comes next. Both follow from the row alone, so that a repeat after a crash does the same again. */
const replyTo = async (services: Services, survey: OpenSurvey, asking: Asking, row: DialogueRow): Promise<DialogueReply> => {
  const endingId = await save(services, survey, asking, row);
  if (row.ended === null) return { turn: turnOf(asking, row) };
  const words = dialogueWordsIn(row.language);
  if (row.ended !== "completed") return { ended: row.ended, say: row.ended === "stopped" ? words.stopped : words.givenUp };
  if (endingId === FULL_ENDING_ID) return { ended: row.ended, say: joined(statementsFor(asking, row), tellRefusal(row.language, FULL_ENDING_ID).join(". ")) };
  const ending = asking.definition.endings?.find(({ id }) => id === endingId) ?? asking.definition.thanks;
  return { ended: row.ended, say: joined(statementsFor(asking, row), sayIn(asking, row, ending.title), sayIn(asking, row, ending.text)) };
};

/** @returns id of the ending to say; null for the thank-you */
const save = async (services: Services, survey: OpenSurvey, asking: Asking, row: DialogueRow): Promise<string | null> => {
  const isComplete = isWhole(row, asking);
  if (row.isTrial) return isComplete ? (endingOf(asking.definition, row.answers, asking.context)?.id ?? null) : null;
  if (!isComplete && Object.keys(row.answers).length === 0) return null;
  const saved = await saveResponse(services, SaveResponseBody.parse({
    id: row.id, slug: survey.slug, version: row.version, revision: row.turn, language: row.language, channel: row.channel, isComplete, answers: row.answers,
    openedAgoMs: Math.min(Math.max(0, services.clock.now().getTime() - row.createdAt.getTime()), KEPT_DAYS * DAY_MS), link: await linkOf(services, row),
  }), { address: null, isTrusted: true });
  return saved.endingId;
};

const turnOf = (asking: Asking, row: DialogueRow) => {
  const question = asking.definition.questions.find(({ id }) => id === row.questionId);
  const asked = question === undefined ? null : askedQuestion(question, tellingOf(asking, row));
  if (asked === null) throw new Error(`Dialogue ${row.id} asks a question that cannot be asked.`);
  const first = row.attempt > 1 ? dialogueWordsIn(row.language).again : statementsFor(asking, row);
  return { ...asked, say: joined(first, asked.say), attempt: row.attempt };
};

const statementsFor = (asking: Asking, row: DialogueRow): string =>
  joined(...statementsBefore(row.questionId, row.answers, asking).map((statement) => toldStatement(statement, tellingOf(asking, row))));

const sayIn = (asking: Asking, row: DialogueRow, text: LocalText | undefined): string => {
  const { language, languages, fill } = tellingOf(asking, row);
  return fill(textIn(text, language, languages));
};

// Texts name earlier answers, so they are filled with those of the row at hand.
const tellingOf = ({ definition, context, telling }: Asking, { answers, language }: DialogueRow): Asking["telling"] =>
  ({ ...telling, fill: (text) => fillText(text, { definition, answers, context, language }) });

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

const askingOf = async (services: Services, survey: OpenSurvey, row: DialogueRow): Promise<Asking> => {
  const definition = arrangeFor(await getVersion(services.db, survey, row.version), row.id);
  const subject = survey.settings.isAnonymous ? null : row.subject;
  const context = await contextOf(services.db, definition, { workspaceId: row.workspaceId, subject, language: row.language, channel: row.channel, touchpoint: null, source: null, campaign: null });
  return { definition, context, telling: { channel: row.channel, language: row.language, languages: definition.languages, fill: (text) => text } };
};

const openSurvey = async (services: Services, workspaceId: string, surveyId: string): Promise<OpenSurvey> => {
  const survey = await findSurvey(services.db, workspaceId, surveyId);
  if (survey === null) throw new AppError("not_found", 404, `There is no survey ${surveyId} here.`);
  return getSurveyAt(services.db, survey.slug);
};

const requireDialogue = async (services: Services, workspaceId: string, id: string): Promise<DialogueRow> => {
  const row = await findDialogue(services.db, workspaceId, id);
  if (row === null) throw new AppError("not_found", 404, `There is no dialogue ${id} here.`);
  return row;
};

const subjectOf = (given: string | null): string | null => {
  if (given === null) return null;
  const identifier = readIdentifier(given);
  if (identifier === null) throw dialogueErrors.refuse("subject_names_nobody", `"${given}" names nobody. Use a kind and a value, such as phone:+4930123456.`);
  return subjectText(identifier);
};

const linkOf = async (services: Services, row: DialogueRow): Promise<string | undefined> => {
  if (row.subject === null) return undefined;
  const { url } = await createSurveyLink(services, { ...nobody, workspaceId: row.workspaceId }, row.surveyId, { identifier: row.subject, expiresInDays: 1, isSingleUse: false });
  return new URL(url).searchParams.get("c") ?? undefined;
};
