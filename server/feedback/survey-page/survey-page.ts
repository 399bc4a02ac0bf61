import { randomUUID } from "node:crypto";
import type { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { SaveResponseBody, SurveyChannel } from "../responses/responses.contract.ts";
import type { SavedResponse } from "../responses/responses.contract.ts";
import { contextOf } from "../responses/context.ts";
import { standingFor } from "../responses/open-surveys.ts";
import { AnswersNotValid, responseErrors, saveResponse } from "../responses/responses.ts";
import { listClaimsUsedByOthers } from "../responses/places.queries.ts";
import { sendingRulesOf } from "../responses/sending-rules.ts";
import type { AnswerProblem } from "../surveys/answers.rules.ts";
import type { Answers, LocalText, SurveyDefinition } from "../surveys/definition.contract.ts";
import { chooseLanguage, textIn } from "../surveys/local-text.rules.ts";
import { claimOf, readLink, readLinkToken } from "../surveys/links.ts";
import { fillText } from "../surveys/piping.rules.ts";
import type { SurveySettings } from "../surveys/survey-settings.contract.ts";
import { FULL_ENDING_ID, standingOf } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurveyBySlug, findVersion } from "../surveys/surveys.queries.ts";
import { answersInForm } from "./form.rules.ts";
import { PAGE_LANGUAGES, pageTextsIn } from "./page-texts.rules.ts";
import { prefillIn } from "./prefill.rules.ts";
import { scriptTextsIn, tellRefusal } from "./refusals.rules.ts";
import { standingTextsIn } from "./standing-texts.rules.ts";
import { messagePage, surveyPage } from "./survey.page.ts";
import type { PageFrame } from "./survey.page.ts";

/** What a request for the page says: its address, its query, and the languages the browser wants. */
export type PageRequest = { slug: string; query: URLSearchParams; wanted: readonly string[]; frame: PageFrame };
export type PageReply = { status: number; html: string } | { status: 303; location: string };

const DEFAULT_ACCENT = "#3b4fd8";
/** Parameters of a link that travel with the answer; everything else in an address is left out. */
const LINK_PARAMETERS = ["c", "channel", "touchpoint", "source", "campaign", "utm_source", "utm_medium", "utm_campaign", "member", "agent", "product"];

/** The survey as a page to answer, or a page that says why there is none. */
export const showSurveyPage = async (services: Services, asked: PageRequest): Promise<PageReply> => {
  const found = await findOpenSurvey(services, asked);
  if ("status" in found) return found;
  const html = await renderSurvey(services, asked, found, { answers: prefillIn(found.definition, asked.query), problems: [], responseId: randomUUID(), openedAtMs: services.clock.now().getTime() });
  return { status: 200, html };
};

/** Takes the posted form of a browser without script. Posting it twice keeps one response: the page came with its id. */
export const takeSurveyForm = async (services: Services, asked: PageRequest, form: URLSearchParams, address: string): Promise<PageReply> => {
  const responseId = z.uuid().safeParse(form.get("response")).data ?? randomUUID();
  const found = await findOpenSurvey(services, asked, responseId);
  if ("status" in found) return found;
  const version = Number(form.get("version"));
  const definition = Number.isInteger(version) && version > 0 && version < 2 ** 31 ? await findVersion(services.db, found.workspaceId, found.surveyId, version) : null;
  const survey = definition === null ? found : { ...found, definition, version };
  const answers = answersInForm(survey.definition, form);
  const openedAtMs = Number(form.get("opened")) || services.clock.now().getTime();
  const openedAgoMs = Math.min(Math.max(0, services.clock.now().getTime() - openedAtMs), 86_400_000);
  const body = SaveResponseBody.safeParse({
    ...linkFacts(asked.query), id: responseId, slug: asked.slug, version: survey.version, revision: 1, language: survey.language, isComplete: true,
    answers, openedAgoMs, website: form.get("website") ?? undefined,
  });
  const saved = body.success ? await saveOrProblems(services, body.data, address) : tooLongAnswers(answers);
  if (Array.isArray(saved)) return { status: 422, html: await renderSurvey(services, asked, survey, { answers, problems: saved, responseId, openedAtMs }) };
  const ending = saved.endingId === null ? "" : `&ending=${encodeURIComponent(saved.endingId)}`;
  return { status: 303, location: `/s/${asked.slug}/thanks?lang=${encodeURIComponent(survey.language)}${ending}` };
};

export const showThanksPage = async (services: Services, asked: PageRequest): Promise<PageReply> => {
  const survey = await findSurveyBySlug(services.db, asked.slug);
  if (survey === null || survey.published === null) return unknownPage(asked);
  const definition = survey.published;
  const language = chooseLanguage(definition.languages, asked.wanted);
  if (asked.query.get("ending") === FULL_ENDING_ID) {
    const [title, text] = tellRefusal(language, FULL_ENDING_ID);
    return { status: 200, html: messagePage(asked.frame, { language, theme: definition.theme, title, text }) };
  }
  const shown = (definition.endings ?? []).find(({ id }) => id === asked.query.get("ending")) ?? definition.thanks;
  // Answers and traits are not known here, so places in the text fall back to their other words.
  const say = (text: LocalText | undefined): string => fillText(textIn(text, language, definition.languages), { definition, answers: {}, language });
  return {
    status: 200,
    html: messagePage(asked.frame, {
      language, theme: definition.theme, title: say(shown.title) || pageTextsIn(language).thanks, text: say(shown.text), onward: shown.redirectUrl,
    }),
  };
};

/** What the link says about the answer: channel and the like by an allow-list, malformed values left out. */
export const linkFacts = (query: URLSearchParams): Pick<SaveResponseBody, "channel" | "touchpoint" | "source" | "campaign" | "member" | "product" | "link"> => {
  const label = (...names: string[]): string | undefined =>
    names.map((name) => SaveResponseBody.shape.touchpoint.safeParse(query.get(name) ?? undefined).data).find((value) => value !== undefined && value !== "");
  return {
    channel: SurveyChannel.catch("web").parse(query.get("channel") ?? query.get("utm_medium") ?? "web"),
    touchpoint: label("touchpoint"), source: label("source", "utm_source"), campaign: label("campaign", "utm_campaign"), member: label("member", "agent"), product: label("product"),
    link: SaveResponseBody.shape.link.safeParse(query.get("c") ?? undefined).data,
  };
};

type OpenSurvey = { workspaceId: string; surveyId: string; definition: SurveyDefinition; version: number; language: string; settings: SurveySettings };

/** @param responseId of a form that comes back: it was opened in time, so that only its end tells whether a place was left */
const findOpenSurvey = async (services: Services, asked: PageRequest, responseId: string | null = null): Promise<OpenSurvey | PageReply> => {
  const survey = await findSurveyBySlug(services.db, asked.slug);
  if (survey === null || survey.published === null || survey.publishedVersion === null) return unknownPage(asked);
  const definition = survey.published;
  const language = chooseLanguage(definition.languages, asked.wanted);
  const settings = readSettings(survey.settings);
  const say = (title: string, text: string): PageReply => ({ status: 410, html: messagePage(asked.frame, { language, title, text, theme: definition.theme }) });
  const now = services.clock.now();
  const standing = responseId === null ? await standingFor(services.db, { ...survey, settings }, now) : standingOf({ status: survey.status, settings }, now);
  if (standing === "not_yet") return say(standingTextsIn(language).laterTitle, standingTextsIn(language).laterText);
  if (standing !== "open") return say(pageTextsIn(language).closedTitle, pageTextsIn(language).closedText);
  if (await isUsed(services, survey, { query: asked.query, responseId })) return say(standingTextsIn(language).usedTitle, standingTextsIn(language).usedText);
  return { workspaceId: survey.workspaceId, surveyId: survey.id, definition, version: survey.publishedVersion, language, settings };
};

// A link that takes one answer says so before anybody answers it a second time.
const isUsed = async (
  services: Services,
  { workspaceId, id }: { workspaceId: string; id: string },
  { query, responseId }: { query: URLSearchParams; responseId: string | null },
): Promise<boolean> => {
  const link = await readLink(services.db, { workspaceId, surveyId: id, token: linkFacts(query).link, now: services.clock.now() });
  if (link === null || link.nonce === null) return false;
  return (await listClaimsUsedByOthers(services.db, { workspaceId, surveyId: id, id: responseId ?? randomUUID() }, [claimOf.link(link.nonce)])).length > 0;
};

const unknownPage = (asked: PageRequest): PageReply => failurePage(asked, responseErrors.refuse("survey_unknown", "There is no survey at this address."));

/** A page that says in the person's language what went wrong and what to do; without it a browser without script would show raw JSON. */
export const failurePage = (asked: Pick<PageRequest, "wanted" | "frame">, { code, status }: Pick<AppError, "code" | "status">): { status: number; html: string } => {
  const language = chooseLanguage(Object.keys(PAGE_LANGUAGES), asked.wanted);
  const [title, text] = tellRefusal(language, code);
  return { status, html: messagePage(asked.frame, { language, title, text, theme: { accent: DEFAULT_ACCENT } }) };
};

const renderSurvey = async (
  services: Services,
  asked: PageRequest,
  survey: OpenSurvey,
  state: { answers: Answers; problems: readonly AnswerProblem[]; responseId: string; openedAtMs: number },
): Promise<string> => {
  const { definition, language, version, workspaceId, surveyId } = survey;
  const facts = linkFacts(asked.query);
  const subject = await readLinkToken(services.db, { workspaceId, surveyId, token: facts.link, now: services.clock.now() });
  const { channel, touchpoint = null, source = null, campaign = null } = facts;
  const context = await contextOf(services.db, definition, { workspaceId, subject, language, channel, touchpoint, source, campaign });
  return surveyPage(asked.frame, {
    definition, context, language,
    action: pageUrl(asked, language),
    languageLinks: definition.languages.map((tag) => ({ language: tag, url: pageUrl(asked, tag) })),
    hidden: { response: state.responseId, version: String(version), opened: String(state.openedAtMs) },
    answers: state.answers, problems: state.problems,
    data: {
      slug: asked.slug, version, definition, language, texts: scriptTextsIn(language, definition), facts, context, prefill: state.answers,
      sending: await sendingRulesOf(services.db, { workspaceId, id: surveyId, settings: survey.settings }, services.clock.now()),
    },
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

// A browser that runs no script cannot work out a proof; its pace, its address and the hidden field still tell people from programs.
const saveOrProblems = async (services: Services, body: SaveResponseBody, address: string): Promise<SavedResponse | AnswerProblem[]> => {
  try {
    return await saveResponse(services, body, { address, cannotProve: true });
  } catch (error) {
    if (error instanceof AnswersNotValid) return error.problems;
    throw error;
  }
};

// The only thing a form can get wrong before the answers are checked is the length of what was written.
const tooLongAnswers = (answers: Answers): AnswerProblem[] =>
  Object.entries(answers).flatMap(([questionId, answer]): AnswerProblem[] =>
    SaveResponseBody.shape.answers.safeParse({ [questionId]: answer }).success ? [] : [{ questionId, problem: Number.isNaN(answer.number) ? "not_on_the_scale" : "too_long" }]);
