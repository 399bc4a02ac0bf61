import type { Services } from "#platform/services";
import { answersInForm } from "../survey-page/form.rules.ts";
import { scriptTextsIn } from "../survey-page/refusals.rules.ts";
import { standingTextsIn } from "../survey-page/standing-texts.rules.ts";
import { messagePage, surveyPage } from "../survey-page/survey.page.ts";
import type { PageFrame } from "../survey-page/survey.page.ts";
import { AnswersNotValid } from "../responses/responses.ts";
import { sendingRulesOf } from "../responses/sending-rules.ts";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import { wordsOfAnswer } from "../surveys/answer-words.rules.ts";
import type { Answers } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { fillText } from "../surveys/piping.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { factsOf, linkOf, placeOf, saveForm } from "./answering.ts";
import type { Opened } from "./answering.ts";
import { confirmPage } from "./invitation.page.ts";
import { answerInLink } from "./mail-answers.rules.ts";
import { mailWordsIn } from "./mail-words.rules.ts";

export type InvitationRequest = { token: string; query: URLSearchParams; wanted: readonly string[]; accepted: readonly string[]; frame: PageFrame };
export type PageReply = { status: number; html: string } | { status: 303; location: string };

/** The answer of a link, shown before it is kept; a page that says why not, where it cannot be given. */
export const showConfirmation = (asked: InvitationRequest, opened: Opened, given: { questionId: string; value: string }): PageReply => {
  const over = overPage(asked, opened);
  if (over !== null) return over;
  const chosen = answerInLink(opened.definition, given.questionId, given.value);
  if (chosen === null) return { status: 303, location: `/i/${asked.token}` };
  const { definition, language, context } = opened;
  const words = mailWordsIn(language);
  return {
    status: 200,
    html: confirmPage(asked.frame, {
      language, theme: definition.theme, words, title: words.confirmTitle, action: `/i/${asked.token}`, questionId: given.questionId, value: given.value,
      question: fillText(textIn(chosen.question.title, language, definition.languages), { definition, answers: {}, context, language }),
      chosen: wordsOfAnswer(chosen.question, chosen.answer, language, definition.languages),
    }),
  };
};

/** The survey of an invitation, with what was answered before. */
export const showInvitation = async (services: Services, asked: InvitationRequest, opened: Opened): Promise<PageReply> =>
  overPage(asked, opened) ?? { status: 200, html: await renderSurvey(services, asked, opened, { answers: opened.answers, problems: [] }) };

/** Takes the posted form of a browser without script. */
export const takeInvitationForm = async (services: Services, asked: InvitationRequest, opened: Opened, form: URLSearchParams): Promise<PageReply> => {
  const over = overPage(asked, opened);
  if (over !== null) return over;
  const thanks = `/s/${opened.survey.slug}/thanks?lang=${encodeURIComponent(opened.language)}`;
  if ((form.get("website") ?? "") !== "") return { status: 303, location: thanks };
  const answers = answersInForm(opened.definition, form);
  try {
    const { endingId } = await saveForm(services, opened, answers);
    return { status: 303, location: endingId === null ? thanks : `${thanks}&ending=${encodeURIComponent(endingId)}` };
  } catch (error) {
    if (!(error instanceof AnswersNotValid)) throw error;
    return { status: 422, html: await renderSurvey(services, asked, opened, { answers, problems: error.problems }) };
  }
};

const overPage = (asked: InvitationRequest, { state, definition, language }: Opened): PageReply | null => {
  const words = mailWordsIn(language);
  if (state === "answered") return { status: 200, html: messagePage(asked.frame, { language, title: words.alreadyTitle, text: words.alreadyText, theme: definition.theme }) };
  if (state === "early") {
    const { laterTitle, laterText } = standingTextsIn(language);
    return { status: 410, html: messagePage(asked.frame, { language, title: laterTitle, text: laterText, theme: definition.theme }) };
  }
  if (state === "ended") return { status: 410, html: messagePage(asked.frame, { language, title: words.endedTitle, text: words.endedText, theme: definition.theme }) };
  return null;
};

const renderSurvey = async (services: Services, asked: InvitationRequest, opened: Opened, shown: { answers: Answers; problems: readonly AnswerProblem[] }): Promise<string> => {
  const { definition, language, survey, version, context, invitation } = opened;
  const link = await linkOf(services, opened);
  const facts = { ...factsOf(opened), ...(link === undefined ? {} : { link }) };
  const url = (tag: string): string => `/i/${asked.token}?lang=${encodeURIComponent(tag)}`;
  const rules = await sendingRulesOf(services.db, { workspaceId: survey.workspaceId, id: survey.id, settings: readSettings(survey.settings) }, services.clock.now());
  const html = surveyPage(asked.frame, {
    definition, context, language, action: url(language), languageLinks: definition.languages.map((tag) => ({ language: tag, url: url(tag) })),
    hidden: { response: invitation.responseId }, answers: shown.answers, problems: shown.problems,
    data: { slug: survey.slug, version, definition, language, texts: scriptTextsIn(language, definition), facts, context, sending: rules },
  });
  // The script keeps its progress on the device under this key: it goes on with the response of the invitation instead of beginning one.
  const key = `firsthand:${survey.slug}:${link ?? ""}`;
  const seed = `<script nonce="${asked.frame.nonce}">try{localStorage.setItem(${scriptText(key)},${scriptText(JSON.stringify(progressOf(services, opened)))})}catch(e){}</script>`;
  return html.replace("</main>", () => `</main>${seed}`);
};

const progressOf = (services: Services, opened: Opened) => {
  const now = services.clock.now().getTime();
  const revision = opened.response?.revision ?? 0;
  return {
    id: opened.invitation.responseId, version: opened.version, revision, savedRevision: revision, answers: opened.answers, questionId: placeOf(opened), isComplete: false,
    openedAt: now, answeredAt: now,
  };
};

// "<" cannot end the script element when it is written as an escape.
const scriptText = (text: string): string => JSON.stringify(text).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
