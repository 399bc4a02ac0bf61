import { AppError, defineErrors } from "#platform/http";
import type { AnswerProblem } from "../surveys/answers.rules.ts";

export const responseErrors = defineErrors("responses", {
  survey_unknown: { status: 404, meaning: "No published survey has this address." },
  survey_not_open_yet: { status: 409, meaning: "The survey takes answers from a later time on." },
  survey_closed: { status: 409, meaning: "The survey is closed and takes no more answers." },
  survey_version_unknown: { status: 409, meaning: "The survey has no such version. Load the page again." },
  response_elsewhere: { status: 409, meaning: "A response with this id was given to another survey or version. Make a new id." },
  already_answered: { status: 409, meaning: "The link, device or person has answered already, and the survey takes one answer of each." },
  file_unknown: { status: 400, meaning: "An answer names a file that was not uploaded for this question of this response." },
  answers_not_valid: { status: 400, meaning: "Answers do not fit the questions; `details.problems` names each." },
  retention_not_set: { status: 409, meaning: "The survey has no rule that says how long answers are kept." },
  response_not_complete: { status: 409, meaning: "The person is still answering. Only a response that was recorded can be corrected or judged." },
});

/** Answers that do not fit their questions; says which, for pages that show it beside the question. */
export class AnswersNotValid extends AppError {
  readonly problems: AnswerProblem[];

  constructor(message: string, problems: AnswerProblem[]) {
    super("answers_not_valid", 400, message, { problems });
    this.problems = problems;
  }
}
