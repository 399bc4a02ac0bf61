// Copies responses and their answers into the analytics store as marks in boxes, with counts that add up. A step can be repeated: what it
// writes depends on the record as it is now, and the position moves in the same transaction, so each response is there exactly once.
import { listTraitsAt, localDay } from "#customers";
import type { AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Db } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import { answersFrom } from "../responses/stored-answers.rules.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { fateOf, marksOf } from "./answer-marks.rules.ts";
import { KnownWords } from "./known-words.ts";
import * as record from "./response-changes.queries.ts";
import type { FollowedAnswer, FollowedResponse } from "./response-changes.queries.ts";
import * as store from "./report-store.queries.ts";
import type { AnswerCount, CopiedAnswer, CopiedResponse } from "./report-store.queries.ts";

const STEP_RESPONSES = 1_000;
const DAY_MS = 86_400_000;
// Portions of counts are added up when there are this many: often enough to read few rows, seldom enough to cost little.
const PORTIONS_MAX = 50_000;
const TRAIT_LENGTH_MAX = 60;
const TIME_ZONE_KEPT_MS = 60_000;
const DEFINITIONS_KEPT = 500;

type Batch = { responses: CopiedResponse[]; answers: CopiedAnswer[]; traits: { response: number; trait: number }[] };

/** Holds what is remembered between steps: numbers of words, definitions and time zones. */
export class ReportProjection implements Projection {
  readonly #definitions = new Map<string, SurveyDefinition>();
  readonly #timeZones = new Map<string, { timeZone: string; untilMs: number }>();
  #known: KnownWords | null = null;
  #lastResponse = 0;
  // Portions written by a process before this one are not known: the first step with rows adds them up.
  #portions = PORTIONS_MAX;

  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const at = await store.readAnswerPosition(writer.run);
    const changes = await record.listChangesAfter(db, at, horizon, STEP_RESPONSES);
    const last = changes.at(-1);
    if (last === undefined) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const isBehind = changes.length === STEP_RESPONSES;
    await writer.transaction(async () => {
      const known = (this.#known ??= await this.#readKnown(writer));
      const batch = await this.#readBatch(db, changes, known);
      const crowded = await known.write(writer);
      this.#portions += await store.removeResponses(writer, changes.map((change) => change.responseId));
      const counts = countMarks(batch.answers);
      await store.appendResponses(writer, batch.responses);
      await store.appendAnswers(writer, batch.answers);
      await store.appendCounts(writer, counts);
      await store.appendResponseTraits(writer, batch.traits.filter(({ trait }) => !crowded.has(trait)));
      this.#portions += counts.length;
      if (this.#portions >= PORTIONS_MAX) {
        await store.joinCounts(writer);
        this.#portions = 0;
      }
      await store.writeAnswerPosition(writer, last);
    });
    return { rows: changes.length, isBehind, isPressed: false, workspaceIds: [...new Set(changes.map((change) => change.workspaceId))] };
  }

  forget(): void {
    this.#known = null;
    this.#timeZones.clear();
    this.#portions = PORTIONS_MAX;
  }

  async empty(writer: AnalyticsWriter): Promise<void> {
    this.forget();
    await writer.transaction(() => store.emptyAnswers(writer));
  }

  async #readKnown(writer: AnalyticsWriter): Promise<KnownWords> {
    this.#lastResponse = await store.readLastResponse(writer);
    return KnownWords.read(writer);
  }

  async #readBatch(db: Db, changes: readonly record.Change[], known: KnownWords): Promise<Batch> {
    const batch: Batch = { responses: [], answers: [], traits: [] };
    for (const [workspaceId, own] of Map.groupBy(changes, (change) => change.workspaceId)) {
      const ids = own.map((change) => change.responseId);
      const responses = await record.listFollowedResponses(db, workspaceId, ids);
      const answers = Map.groupBy(await record.listFollowedAnswers(db, workspaceId, ids), (answer) => answer.responseId);
      const timeZone = await this.#timeZoneOf(db, workspaceId);
      const traits = await listTraitsAt(db, responses.map((response) => ({ workspaceId, subject: response.subject, at: response.savedAt })));
      for (const [index, response] of responses.entries()) {
        const definition = await this.#definitionOf(db, response);
        if (definition !== null) this.#copy(batch, known, { response, answers: answers.get(response.id) ?? [], definition, timeZone, traits: traits[index] ?? [] });
      }
    }
    return batch;
  }

  #copy(
    batch: Batch,
    known: KnownWords,
    given: { response: FollowedResponse; answers: readonly FollowedAnswer[]; definition: SurveyDefinition; timeZone: string; traits: readonly { name: string; value: string | number | boolean }[] },
  ): void {
    const { response, definition } = given;
    const { workspaceId, surveyId, id } = response;
    const day = Date.parse(localDay((response.completedAt ?? response.savedAt).getTime(), given.timeZone)) / DAY_MS;
    const cell = known.cellOf({
      workspaceId, channel: response.channel, language: response.language, version: response.version,
      touchpoint: response.touchpoint ?? "", campaign: response.campaign ?? "", wave: response.wave ?? "",
    });
    this.#lastResponse += 1;
    const number = this.#lastResponse;
    const seconds = response.completedAt === null ? null : (response.completedAt.getTime() - response.startedAt.getTime()) / 1000;
    const marked = markedResponse(response, given.answers, given.traits);
    const fate = fateOf(marked);
    batch.responses.push({ response: number, workspaceId, surveyId, id, day, cell, isCounted: fate === "complete" || fate === "partial", seconds });
    for (const { value, ...words } of marksOf(definition, marked))
      batch.answers.push({ response: number, day, cell, box: known.boxOf({ workspaceId, surveyId, ...words }), value });
    for (const { name, value } of given.traits) {
      const text = String(value).trim();
      // Addresses and long texts name a person, not a group of people.
      if (text === "" || text.length > TRAIT_LENGTH_MAX || text.includes("@")) continue;
      const trait = known.traitOf({ workspaceId, name, value: text });
      if (trait !== null) batch.traits.push({ response: number, trait });
    }
  }

  async #timeZoneOf(db: Db, workspaceId: string): Promise<string> {
    const nowMs = performance.now();
    const kept = this.#timeZones.get(workspaceId);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.timeZone;
    const timeZone = (await findWorkspace(db, workspaceId))?.timeZone ?? "UTC";
    this.#timeZones.set(workspaceId, { timeZone, untilMs: nowMs + TIME_ZONE_KEPT_MS });
    return timeZone;
  }

  // A published version never changes, so it is read once.
  async #definitionOf(db: Db, key: { workspaceId: string; surveyId: string; version: number }): Promise<SurveyDefinition | null> {
    const name = `${key.workspaceId}/${key.surveyId}/${key.version}`;
    const kept = this.#definitions.get(name);
    if (kept !== undefined) return kept;
    const found = await record.findFollowedDefinition(db, key);
    if (this.#definitions.size >= DEFINITIONS_KEPT) this.#definitions.clear();
    if (found !== null) this.#definitions.set(name, found);
    return found;
  }
}

const markedResponse = (response: FollowedResponse, answers: readonly FollowedAnswer[], traits: readonly { name: string; value: string | number | boolean }[]) => ({
  state: response.state, outcome: response.outcome, isRecorded: response.recordedAt !== null,
  answers: answersFrom(answers.filter((answer) => answer.isShown)),
  context: {
    traits: Object.fromEntries(traits.map(({ name, value }) => [name, value])),
    facts: {
      language: response.language, channel: response.channel, ...(response.touchpoint === null ? {} : { touchpoint: response.touchpoint }),
      ...(response.source === null ? {} : { source: response.source }), ...(response.campaign === null ? {} : { campaign: response.campaign }),
    },
  },
});

const countMarks = (answers: readonly CopiedAnswer[]): AnswerCount[] => {
  const counts = new Map<string, AnswerCount>();
  for (const { day, cell, box, value } of answers) {
    const key = `${day} ${cell} ${box}`;
    const count = counts.get(key) ?? { day, cell, box, count: 0, total: 0, squares: 0 };
    count.count += 1;
    count.total += value ?? 0;
    count.squares += (value ?? 0) ** 2;
    counts.set(key, count);
  }
  return [...counts.values()];
};

/** Responses committed but not copied yet. */
export const countReportLag = async (db: Db, read: Parameters<typeof store.readAnswerPosition>[0]): Promise<number> =>
  record.countChangesAfter(db, await store.readAnswerPosition(read), LAG_COUNTED_MAX);

const LAG_COUNTED_MAX = 100_000;
