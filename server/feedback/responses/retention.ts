// Answers are kept as long as a survey says, then made anonymous or deleted.
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { answerRows } from "./intake.ts";
import { forgetClaims } from "./places.queries.ts";
import { restateResponse } from "./recording.ts";
import { findMemberSaid } from "./serving.ts";
import { listSurveysWithRetention } from "../surveys/survey-settings.queries.ts";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import { getSurvey } from "../surveys/surveys.ts";
import { deleteAnswers, insertChange, lockResponses, updateWorkedOn } from "./response-work.queries.ts";
import { removeResponses, wholeOf } from "./response-work.ts";
import { responseErrors } from "./responses.errors.ts";
import { insertAnswers } from "./responses.queries.ts";
import { countDue, deleteBeside, listDue } from "./retention.queries.ts";
import { anonymousAnswers, retentionStart } from "./retention.rules.ts";

const BATCH = 100;

type RetentionRun = { isDryRun: boolean; action: "anonymise" | "delete"; before: string; responses: number; named: number; oldestAt: string | null };

/** What the rule of a survey would do now; unless it is a dry run, it is done in the background. */
export const runRetention = async (services: Services, actor: Actor, surveyId: string, isDryRun: boolean): Promise<RetentionRun> => {
  const survey = await getSurvey(services, actor, surveyId);
  const { retention } = readSettings(survey.settings);
  if (retention === null) throw responseErrors.refuse("retention_not_set", `"${survey.name}" keeps its answers for ever. Set how long first.`);
  const before = retentionStart(services.clock.now(), retention.months);
  const due = await countDue(services.db, { workspaceId: actor.workspaceId, surveyId, before });
  if (!isDryRun) {
    await transaction(services.db, async (tx) => {
      await recordAudit(tx, actor, { action: "responses.retention_started", subject: surveyId, details: { ...retention, before: before.toISOString(), responses: due.responses } });
      await enqueue(tx, "responses.retain", { workspaceId: actor.workspaceId, surveyId }, { key: `responses.retain:${surveyId}` });
    });
  }
  return { isDryRun, action: retention.action, before: before.toISOString(), responses: due.responses, named: due.named, oldestAt: due.oldestAt?.toISOString() ?? null };
};

/** Does what the rule of a survey says. It can be stopped at any time and goes on where it was.
 *  @returns how many responses were dealt with */
export const retainSurvey = async (services: Services, workspaceId: string, surveyId: string): Promise<number> => {
  const survey = await findSurvey(services.db, workspaceId, surveyId);
  const retention = survey === null ? null : readSettings(survey.settings).retention;
  if (retention === null) return 0;
  const actor: Actor = { kind: "nobody", workspaceId, memberId: null, keyId: null, role: null, abilities: new Set() };
  const due = { workspaceId, surveyId, before: retentionStart(services.clock.now(), retention.months) };
  let done = 0;
  for (let ids = await listDue(services.db, due, BATCH); ids.length > 0; ids = await listDue(services.db, due, BATCH)) {
    if (retention.action === "delete") await removeResponses(services, actor, ids);
    else await anonymise(services, actor, ids);
    done += ids.length;
  }
  if (done > 0) await recordAudit(services.db, actor, { action: `responses.${pastOf(retention)}`, subject: surveyId, details: { responses: done, before: due.before.toISOString() } });
  return done;
};

export const retainAll = async (services: Services): Promise<void> => {
  for (const { workspaceId, id } of await listSurveysWithRetention(services.db)) await retainSurvey(services, workspaceId, id);
};

const pastOf = ({ action }: NonNullable<SurveySettings["retention"]>): string => (action === "delete" ? "retention_deleted" : "retention_anonymised");

const anonymise = (services: Services, actor: Actor, ids: readonly string[]): Promise<void> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    for (const response of await lockResponses(tx, actor.workspaceId, ids)) {
      const whole = response.anonymisedAt === null ? await wholeOf(tx, response) : null;
      if (whole === null) continue;
      const { definition } = whole;
      const answers = anonymousAnswers(definition, whole.answers);
      // Nobody's traits any more: what a trait had hidden or shown stays as it was for the answers that stay.
      const { rows, findable } = answerRows(definition, response, answers, whole.context);
      const after = { ...response, ...findable, subject: null, servedBy: await findMemberSaid(tx, response), restated: response.restated + 1, anonymisedAt: now };
      await deleteAnswers(tx, response.workspaceId, response.id);
      await insertAnswers(tx, response.workspaceId, rows);
      await updateWorkedOn(tx, after);
      await deleteBeside(tx, response.workspaceId, response.id);
      await restateResponse(tx, response, { ...whole, response: after, answers }, now);
      await insertChange(tx, {
        id: newId(), workspaceId: response.workspaceId, responseId: response.id, kind: "anonymised", questionId: null, before: null, after: null, reason: null, memberId: null, at: now,
      });
    }
    await forgetClaims(tx, actor.workspaceId, ids);
    await enqueue(tx, "files.remove", {}, { key: "files.remove" });
  });
