// One commit for many responses. Most are new, complete and of nobody in particular: those that arrive within a moment are written together.
// Everything else, and everything that went wrong together, goes through the way of a single one: one bad save never harms its neighbours.
import { isDeepStrictEqual } from "node:util";
import { listTombstones } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { contextOfNobody } from "./context.ts";
import { answerRows, checkBeforeSaving, newResponse, savedFrom } from "./intake.ts";
import { judgeAnswers } from "./judging.rules.ts";
import { checkStanding, getSurveyAt } from "./open-surveys.ts";
import type { OpenSurvey } from "./open-surveys.ts";
import { flagsOf } from "./protection.ts";
import type { Sender } from "./protection.ts";
import { interactionOf, recordResponses } from "./recording.ts";
import type { SaveResponseBody, SavedResponse } from "./responses.contract.ts";
import { insertAnswers, insertResponses, listStandings } from "./responses.queries.ts";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";
import { storableAnswers } from "./stored-answers.rules.ts";

const WINDOW_MS = 2;
const GROUP_MAX = 250;
// More writers at once do not help: the database and this process share the cores.
const WRITERS_MAX = 2;
// How a survey stands is read again in every commit; this only saves reading its questions each time.
const SURVEY_KEPT_MS = 10_000;
const SURVEYS_KEPT = 500;

type Prepared = { survey: OpenSurvey; definition: SurveyDefinition; row: ResponseRow; answers: Answers; context: SurveyContext; rows: AnswerRow[]; flags: string[] };
type Outcome = "written" | "changed" | "alone";
type Entry = Prepared & { resolve: (outcome: Outcome) => void };
type SaveAlone = (services: Services, given: SaveResponseBody, sender: Sender, noticed: string[] | null) => Promise<SavedResponse>;

/** Collects new responses and commits them together. It holds the queue between requests and the database. */
export class ResponseGroups {
  readonly #services: Services;
  readonly #saveAlone: SaveAlone;
  readonly #surveys = new Map<string, { survey: Promise<OpenSurvey | null>; untilMs: number }>();
  #queue: Entry[] = [];
  #writers = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(services: Services, saveAlone: SaveAlone) {
    this.#services = services;
    this.#saveAlone = saveAlone;
  }

  /** Resolves when the response is committed. */
  async save(given: SaveResponseBody, sender: Sender): Promise<SavedResponse> {
    const prepared = isUsual(given) ? await this.#prepare(given, sender) : null;
    if (prepared === null) return this.#saveAlone(this.#services, given, sender, null);
    const outcome = await new Promise<Outcome>((resolve) => this.#add({ ...prepared, resolve }));
    // What was noticed by rules that have changed meanwhile is worth nothing.
    return outcome === "written" ? savedFrom(prepared.row) : this.#saveAlone(this.#services, given, sender, outcome === "changed" ? null : prepared.flags);
  }

  /** Everything about a response that needs no transaction; null for one that must be looked at alone. */
  async #prepare(given: SaveResponseBody, sender: Sender): Promise<Prepared | null> {
    const now = this.#services.clock.now();
    const survey = await this.#surveyAt(given.slug);
    const definition = survey?.published ?? null;
    if (survey === null || definition === null || survey.publishedVersion !== given.version) return null;
    // Places are taken one by one.
    if ((definition.quotas ?? []).length > 0 || survey.settings.responseLimit !== null || survey.settings.oneAnswerPer !== "none") return null;
    const answers = storableAnswers(given.answers);
    const response = newResponse(given, { survey, subject: null, now });
    const context = contextOfNobody(response);
    if (!isFit(survey, definition, answers, context, now)) return null;
    const flags = await flagsOf(this.#services, this.#services.db, { body: given, sender, survey, settings: survey.settings, definition, answers, now });
    const { outcome, endingId, calculations } = judgeAnswers(definition, answers, context, flags);
    const judged = { ...response, outcome, endingId, calculations, flags };
    const { rows, findable } = answerRows(definition, judged, answers, context);
    return { survey, definition, row: { ...judged, ...findable }, answers, context, rows, flags };
  }

  #surveyAt(slug: string): Promise<OpenSurvey | null> {
    const nowMs = performance.now();
    const kept = this.#surveys.get(slug);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.survey;
    if (this.#surveys.size >= SURVEYS_KEPT) this.#surveys.clear();
    // The promise is kept, so that all who come at the same moment wait for one reading.
    const survey = getSurveyAt(this.#services.db, slug).catch(() => null);
    this.#surveys.set(slug, { survey, untilMs: nowMs + SURVEY_KEPT_MS });
    void survey.then((found) => found === null && this.#surveys.delete(slug));
    return survey;
  }

  #add(entry: Entry): void {
    this.#queue.push(entry);
    if (this.#writers >= WRITERS_MAX) return;
    if (this.#queue.length >= GROUP_MAX) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), WINDOW_MS);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#queue.length > 0 && this.#writers < WRITERS_MAX) {
      this.#writers += 1;
      void this.#write(this.#queue.splice(0, GROUP_MAX)).finally(() => {
        this.#writers -= 1;
        // Whatever came in meanwhile has waited long enough.
        if (this.#queue.length > 0) this.#flush();
      });
    }
  }

  async #write(group: readonly Entry[]): Promise<void> {
    // An error of the database says nothing here: alone, each meets its own again and tells its sender.
    const nothing = { written: new Set<Entry>(), standing: group };
    const { written, standing } = await transaction(this.#services.db, (tx) => this.#writeTogether(tx, group)).catch(() => nothing);
    for (const entry of group) entry.resolve(written.has(entry) ? "written" : standing.includes(entry) ? "alone" : "changed");
  }

  async #writeTogether(tx: Queryable, group: readonly Entry[]): Promise<{ written: Set<Entry>; standing: readonly Entry[] }> {
    const standing = await this.#dropChanged(tx, group);
    const written = new Set<Entry>();
    for (const [workspaceId, entries] of Map.groupBy(standing, ({ survey }) => survey.workspaceId)) {
      const erased = await listTombstones(tx, workspaceId, entries.map(({ row }) => interactionOf(row)));
      // Of two saves of one response in the same moment the second finds the first.
      const single = [...new Map(entries.toReversed().map((entry) => [entry.row.id, entry])).values()].filter(({ row }) => !erased.has(interactionOf(row)));
      if (single.length === 0) continue;
      const inserted = await insertResponses(tx, workspaceId, single.map(({ row }) => row));
      const fresh = single.filter(({ row }) => inserted.has(row.id));
      await insertAnswers(tx, workspaceId, fresh.flatMap(({ rows }) => rows));
      const recordables = fresh.map(({ row, definition, answers, context, survey }) => ({ response: row, definition, answers, context, surveyName: survey.name, isNobodys: true }));
      await recordResponses(tx, workspaceId, recordables, this.#services.clock.now());
      for (const entry of fresh) written.add(entry);
    }
    return { written, standing };
  }

  // A survey that was closed, changed or published anew since it was remembered: its responses are looked at alone.
  async #dropChanged(tx: Queryable, group: readonly Entry[]): Promise<Entry[]> {
    const surveys = new Set(group.map(({ survey }) => survey));
    const found = new Map((await listStandings(tx, [...new Set([...surveys].map(({ id }) => id))])).map((row) => [row.id, row]));
    const changed = new Set([...surveys].filter((survey) => {
      const now = found.get(survey.id);
      return now === undefined || now.status !== survey.status || now.name !== survey.name || now.publishedVersion !== survey.publishedVersion
        || !isDeepStrictEqual(now.settings, survey.storedSettings);
    }));
    for (const { slug } of changed) this.#surveys.delete(slug);
    return group.filter(({ survey }) => !changed.has(survey));
  }
}

// Who is known by a link, goes on answering or sends files is looked at alone.
const isUsual = ({ isComplete, link, answers }: SaveResponseBody): boolean =>
  isComplete && link === undefined && Object.values(answers).every(({ files }) => files === undefined || files.length === 0);

const isFit = (survey: OpenSurvey, definition: SurveyDefinition, answers: Answers, context: SurveyContext, now: Date): boolean => {
  try {
    checkStanding(survey, now);
    checkBeforeSaving(definition, answers, true, context);
    return true;
  } catch {
    // The way of a single one says why, unless it is a repeat of a response that is there already.
    return false;
  }
};
