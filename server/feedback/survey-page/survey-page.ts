import { randomUUID } from "node:crypto";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { SaveResponseBody, SurveyChannel } from "../responses/responses.contract.ts";
import { saveResponse } from "../responses/responses.ts";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import { chooseLanguage, textIn } from "../surveys/local-text.rules.ts";
import { findSurveyBySlug, findVersion } from "../surveys/surveys.queries.ts";
import { answersInForm } from "./form.rules.ts";
import { pageTextsIn } from "./page-texts.rules.ts";
import { messagePage, surveyPage } from "./survey.page.ts";
import type { PageFrame } from "./survey.page.ts";

/** What a request for the page says: its address, its query, and the languages the browser wants. */
export type PageRequest = { slug: string; query: URLSearchParams; wanted: readonly string[]; frame: PageFrame };
export type PageReply = { status: number; html: string } | { status: 303; location: string };

const DEFAULT_ACCENT = "#3b4fd8";
/** Parameters of a link that travel with the answer; everything else in an address is left out. */
const LINK_PARAMETERS = ["c", "channel", "touchpoint", "source", "campaign", "utm_source", "utm_medium", "utm_campaign"];

/** The survey as a page to answer, or a page that says why there is none. */
export const showSurveyPage = async (services: Services, asked: PageRequest): Promise<PageReply> => {
  const found = await findOpenSurvey(services, asked);
  if ("status" in found) return found;
  return { status: 200, html: renderSurvey(asked, found, { answers: {}, problems: [], responseId: randomUUID(), openedAtMs: services.clock.now().getTime() }) };
};

/** Takes the posted form of a browser without script. Posting it twice keeps one response: the page came with its id. */
export const takeSurveyForm = async (services: Services, asked: PageRequest, form: URLSearchParams): Promise<PageReply> => {
  const found = await findOpenSurvey(services, asked);
  if ("status" in found) return found;
  const version = Number(form.get("version"));
  const definition = Number.isInteger(version) && version > 0 && version < 2 ** 31 ? await findVersion(services.db, found.workspaceId, found.surveyId, version) : null;
  const survey = definition === null ? found : { ...found, definition, version };
  const answers = answersInForm(survey.definition, form);
  const openedAtMs = Number(form.get("opened")) || services.clock.now().getTime();
  const openedAgoMs = Math.min(Math.max(0, services.clock.now().getTime() - openedAtMs), 86_400_000);
  const responseId = z.uuid().safeParse(form.get("response")).data ?? randomUUID();
  const body = SaveResponseBody.safeParse({
    ...linkFacts(asked.query), id: responseId, slug: asked.slug, version: survey.version, revision: 1, language: survey.language, isComplete: true,
    answers, openedAgoMs, website: form.get("website") ?? undefined,
  });
  const problems = body.success ? await problemsOfSaving(services, body.data) : tooLongAnswers(answers);
  if (problems.length === 0) return { status: 303, location: `/s/${asked.slug}/thanks?lang=${encodeURIComponent(survey.language)}` };
  return { status: 422, html: renderSurvey(asked, survey, { answers, problems, responseId, openedAtMs }) };
};

export const showThanksPage = async (services: Services, asked: PageRequest): Promise<PageReply> => {
  const survey = await findSurveyBySlug(services.db, asked.slug);
  if (survey === null || survey.published === null) return unknownPage(asked);
  const definition = survey.published;
  const language = chooseLanguage(definition.languages, asked.wanted);
  return {
    status: 200,
    html: messagePage(asked.frame, {
      language, accent: definition.theme.accent, title: textIn(definition.thanks.title, language, definition.languages) || pageTextsIn(language).thanks,
      text: textIn(definition.thanks.text, language, definition.languages),
    }),
  };
};

/** What the link says about the answer: channel and the like by an allow-list, malformed values left out. */
export const linkFacts = (query: URLSearchParams): Pick<SaveResponseBody, "channel" | "touchpoint" | "source" | "campaign" | "link"> => {
  const label = (...names: string[]): string | undefined =>
    names.map((name) => SaveResponseBody.shape.touchpoint.safeParse(query.get(name) ?? undefined).data).find((value) => value !== undefined && value !== "");
  return {
    channel: SurveyChannel.catch("web").parse(query.get("channel") ?? query.get("utm_medium") ?? "web"),
    touchpoint: label("touchpoint"), source: label("source", "utm_source"), campaign: label("campaign", "utm_campaign"),
    link: SaveResponseBody.shape.link.safeParse(query.get("c") ?? undefined).data,
  };
};

type OpenSurvey = { workspaceId: string; surveyId: string; definition: SurveyDefinition; version: number; language: string };

const findOpenSurvey = async (services: Services, asked: PageRequest): Promise<OpenSurvey | PageReply> => {
  const survey = await findSurveyBySlug(services.db, asked.slug);
  if (survey === null || survey.published === null || survey.publishedVersion === null) return unknownPage(asked);
  const definition = survey.published;
  const language = chooseLanguage(definition.languages, asked.wanted);
  if (survey.status === "open") return { workspaceId: survey.workspaceId, surveyId: survey.id, definition, version: survey.publishedVersion, language };
  const texts = pageTextsIn(language);
  return { status: 410, html: messagePage(asked.frame, { language, title: texts.closedTitle, text: texts.closedText, accent: definition.theme.accent }) };
};

const unknownPage = (asked: PageRequest): PageReply => {
  const language = chooseLanguage(["en", "de", "fr", "es", "nl", "ar"], asked.wanted);
  const texts = pageTextsIn(language);
  return { status: 404, html: messagePage(asked.frame, { language, title: texts.unknownTitle, text: texts.unknownText, accent: DEFAULT_ACCENT }) };
};

const renderSurvey = (
  asked: PageRequest,
  survey: OpenSurvey,
  state: { answers: Answers; problems: readonly AnswerProblem[]; responseId: string; openedAtMs: number },
): string => {
  const { definition, language, version } = survey;
  return surveyPage(asked.frame, {
    definition, language,
    action: pageUrl(asked, language),
    languageLinks: definition.languages.map((tag) => ({ language: tag, url: pageUrl(asked, tag) })),
    hidden: { response: state.responseId, version: String(version), opened: String(state.openedAtMs) },
    answers: state.answers, problems: state.problems,
    data: { slug: asked.slug, version, definition, language, texts: pageTextsIn(language), facts: linkFacts(asked.query) },
  });
};

const pageUrl = (asked: PageRequest, language: string): string => {
  const kept = new URLSearchParams(LINK_PARAMETERS.flatMap((name): [string, string][] => {
    const value = asked.query.get(name);
    return value === null ? [] : [[name, value]];
  }));
  kept.set("lang", language);
  return `/s/${asked.slug}?${kept}`;
};

const problemsOfSaving = async (services: Services, body: SaveResponseBody): Promise<AnswerProblem[]> => {
  try {
    await saveResponse(services, body);
    return [];
  } catch (error) {
    const details = error instanceof AppError && error.code === "answers_not_valid" ? FormProblems.safeParse(error.details) : null;
    if (details?.success === true) return details.data.problems;
    throw error;
  }
};

const FormProblems = z.object({
  problems: z.array(z.object({
    questionId: z.string(),
    problem: z.enum(["unknown_question", "missing", "wrong_kind", "not_on_the_scale", "unknown_option", "too_many_choices", "too_long"]),
  })),
});

// The only thing a form can get wrong before the answers are checked is the length of what was written.
const tooLongAnswers = (answers: Answers): AnswerProblem[] =>
  Object.entries(answers).flatMap(([questionId, answer]): AnswerProblem[] =>
    SaveResponseBody.shape.answers.safeParse({ [questionId]: answer }).success ? [] : [{ questionId, problem: Number.isNaN(answer.number) ? "not_on_the_scale" : "too_long" }]);
