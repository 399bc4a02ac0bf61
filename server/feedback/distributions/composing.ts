import { findContactOf, listTraitsOfSubject } from "#customers";
import { signText } from "#platform/auth";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import type { Workspace } from "#platform/workspaces";
import { contextOf } from "../responses/context.ts";
import type { LocalText, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { chooseLanguage, textIn } from "../surveys/local-text.rules.ts";
import { fillText, placesIn } from "../surveys/piping.rules.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import type { DistributionSettings } from "./distributions.contract.ts";
import type { InvitationMail } from "./invitation-mail.page.ts";
import { questionInMail } from "./mail-answers.rules.ts";
import { fillWords, mailWordsIn } from "./mail-words.rules.ts";
import { signedText, tokenOf } from "./tokens.rules.ts";

/** Whom and what something is written for. */
export type Writing = {
  workspace: Workspace;
  survey: SurveyRow;
  definition: SurveyDefinition;
  settings: DistributionSettings;
  distributionName: string;
  language: string;
  context: SurveyContext;
  isReminder: boolean;
  url: string;
};

/** The page of an invitation. It names nobody and cannot be guessed. */
export const urlOf = (services: Services, workspace: Pick<Workspace, "secret">, invitationId: string): string =>
  `${services.baseUrl()}/i/${tokenOf(invitationId, signText(workspace.secret, signedText(invitationId)))}`;

/** Everything that depends on the person: language and what is known for filling texts. */
export const writingFor = async (
  db: Queryable,
  given: Omit<Writing, "language" | "context"> & { person: { subject: string | null; language: string | null } },
): Promise<Writing> => {
  const { definition, settings, person } = given;
  const language = chooseLanguage(definition.languages, person.language === null ? [] : [person.language]);
  const facts = { workspaceId: given.workspace.id, subject: person.subject, language, channel: "email", touchpoint: null, source: given.distributionName, campaign: null };
  const context = await contextOf(db, definition, facts);
  const texts = [settings.email.subject, settings.email.intro, settings.email.reminderSubject, settings.email.reminderIntro, settings.text.body, settings.text.reminderBody];
  const named = placesIn(JSON.stringify(texts)).filter((name) => name.startsWith("trait.")).map((name) => name.slice("trait.".length));
  const traits = named.length === 0 ? {} : await listTraitsOfSubject(db, given.workspace.id, person.subject, named);
  return { ...given, language, context: { ...context, traits: { ...context.traits, ...traits } } };
};

/** The identifier links are made for: the customer's address, by which she is known. */
export const subjectOfAddresses = ({ email, phone }: { email: string | null; phone: string | null }): string | null =>
  email !== null ? `email:${email}` : phone !== null ? `phone:${phone}` : null;

/** What stands in a mail. */
export const composeMail = (writing: Writing): InvitationMail => {
  const { definition, settings, language, isReminder, workspace, context } = writing;
  const words = mailWordsIn(language);
  const names = { name: settings.email.senderName || workspace.name };
  const { email } = settings;
  const subject = isReminder
    ? say(writing, email.reminderSubject) || fillWords(words.reminderSubject, names)
    : say(writing, email.subject) || fillWords(words.subject, names);
  const intro = isReminder ? say(writing, email.reminderIntro) || words.reminderIntro : say(writing, email.intro) || words.intro;
  const asked = email.asksInMail ? questionInMail(definition, context, language) : null;
  const answerUrl = (value: string): string => `${writing.url}?q=${encodeURIComponent(asked?.question.id ?? "")}&a=${encodeURIComponent(value)}`;
  return {
    language, subject: subject.replace(/\s+/g, " ").slice(0, 250), intro, theme: definition.theme, words, whySent: fillWords(words.whySent, names),
    question: asked === null ? null : {
      title: fillText(textIn(asked.question.title, language, definition.languages), { definition, answers: {}, context, language }),
      hint: fillText(textIn(asked.question.hint, language, definition.languages), { definition, answers: {}, context, language }),
      answers: asked.answers, low: asked.low, high: asked.high, isScale: asked.isScale,
    },
    urls: { survey: writing.url, answer: answerUrl, unsubscribe: `${writing.url}/unsubscribe`, trap: `${writing.url}/more` },
  };
};

/** What stands in a text message. */
export const composeText = (writing: Writing): string => {
  const { settings, workspace, language, isReminder, url } = writing;
  const own = isReminder ? say(writing, settings.text.reminderBody) || say(writing, settings.text.body) : say(writing, settings.text.body);
  if (own === "") return fillWords(mailWordsIn(language).textBody, { name: settings.email.senderName || workspace.name, link: url });
  return own.includes(LINK) ? own.replaceAll(LINK, url) : `${own} ${url}`;
};

/** The person as known today, by the customer's identifiers; null for an address nobody is known by. */
export const findPerson = (db: Queryable, workspaceId: string, customerId: string | null) => (customerId === null ? null : findContactOf(db, workspaceId, customerId));

// Stands for the link while the other places are filled: an unknown place would be filled with nothing.
const LINK = "⟦link⟧";

const say = ({ definition, context, language }: Writing, text: LocalText): string =>
  fillText(textIn(text, language, definition.languages).replace(/\{\{\s*link\s*\}\}/g, LINK), { definition, answers: {}, context, language }).trim();
