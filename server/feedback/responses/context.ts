import { listTraitsOfSubject } from "#customers";
import type { Queryable } from "#platform/db";
import type { SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { traitsNamedIn } from "../surveys/piping.rules.ts";

/** What is known about a response besides its answers: its facts, and those traits of its person that the survey names.
 *  @param given nulls are facts nobody knows */
export const contextOf = async (
  db: Queryable,
  definition: SurveyDefinition,
  given: { workspaceId: string; subject: string | null; language: string; channel: string; touchpoint: string | null; source: string | null; campaign: string | null },
): Promise<SurveyContext> => {
  const { language, channel, touchpoint, source, campaign } = given;
  return {
    traits: await listTraitsOfSubject(db, given.workspaceId, given.subject, traitsNamedIn(definition)),
    facts: {
      language, channel, ...(touchpoint === null ? {} : { touchpoint }), ...(source === null ? {} : { source }), ...(campaign === null ? {} : { campaign }),
    },
  };
};
