import { listTraitsOfSubject } from "#customers";
import type { Queryable } from "#platform/db";
import type { SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { traitsNamedIn } from "../surveys/piping.rules.ts";

type Circumstances = { language: string; channel: string; touchpoint: string | null; source: string | null; campaign: string | null };

/** What is known about a response besides its answers: its facts, and those traits of its person that the survey names.
 *  @param given nulls are facts nobody knows */
export const contextOf = async (
  db: Queryable,
  definition: SurveyDefinition,
  given: Circumstances & { workspaceId: string; subject: string | null },
): Promise<SurveyContext> => ({
  ...contextOfNobody(given),
  traits: await listTraitsOfSubject(db, given.workspaceId, given.subject, traitsNamedIn(definition)),
});

/** The same where nobody says who answers. */
export const contextOfNobody = ({ language, channel, touchpoint, source, campaign }: Circumstances): SurveyContext => ({
  traits: {},
  facts: {
    language, channel, ...(touchpoint === null ? {} : { touchpoint }), ...(source === null ? {} : { source }), ...(campaign === null ? {} : { campaign }),
  },
});
