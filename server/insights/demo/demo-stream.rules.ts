import { liveYear } from "./demo-life.rules.ts";
import type { DemoOptions, DemoRecord, TruePerson } from "./demo-model.rules.ts";
import { makeNoise, repeatSome } from "./demo-noise.rules.ts";
import { cohortCount, makeCohort } from "./demo-people.rules.ts";
import type { Outcome, Story } from "./demo-story.rules.ts";

export type DemoBatch = {
  cohort: number;
  records: readonly DemoRecord[];
  /** The truth about the whole cohort, with its first batch only. */
  persons: readonly TruePerson[];
  outcomes: readonly Outcome[];
};

// A server that streams a demo has other things to do: it gets an empty batch, and the chance to do them, after so many persons.
const PERSONS_PER_BREATH = 100;

/** The demo company's year as batches, in order of arrival within each cohort of 2,500 customers. Some batches are empty: they mark
 *  where a caller may turn to other work. Needs the memory of two cohorts at any scale (some 200 MB).
 *  @returns the same stream for the same options */
export const streamDemo = function* (options: DemoOptions, batchSize = 2_000): Generator<DemoBatch, void, void> {
  for (let cohort = 0; cohort < cohortCount(options); cohort += 1) {
    const { records, persons, outcomes } = yield* tellCohort(options, cohort);
    for (let from = 0, to = 0; from < records.length; from = to) {
      to = from + batchSize;
      while (isOneAnswer(records[to - 1], records[to])) to += 1;
      const batch = { cohort, records: records.slice(from, to) };
      yield from === 0 ? { ...batch, persons, outcomes } : { ...batch, persons: [], outcomes: [] };
    }
  }
};

/** What belongs to one answered survey stays in one batch: score and words of it are written at once. */
const isOneAnswer = (one: DemoRecord | undefined, next: DemoRecord | undefined): boolean =>
  one?.content.record === "perception" && next?.content.record === "perception" && one.content.perception.answer === next.content.perception.answer;

const tellCohort = function* (options: DemoOptions, cohort: number): Generator<DemoBatch, Omit<DemoBatch, "cohort">, void> {
  const people = makeCohort(options, cohort);
  const stories: Story[] = [];
  for (const person of people) {
    stories.push(liveYear(options, person));
    if (stories.length % PERSONS_PER_BREATH === 0) yield { cohort, records: [], persons: [], outcomes: [] };
  }
  const told = [...stories.flatMap((story) => story.records), ...makeNoise(options, cohort, people)];
  const records = [...told, ...repeatSome(options, cohort, told)].sort((left, right) => left.receivedAt - right.receivedAt);
  return { records, persons: stories.map((story) => truthOf(story)), outcomes: stories.flatMap((story) => story.outcomes) };
};

const truthOf = (story: Story): TruePerson => {
  const hasLeft = story.leftAt !== null && story.leftAt < story.options.now;
  return {
    person: story.person.key,
    household: story.person.household,
    group: story.person.group?.id ?? null,
    identifiers: [...story.seen].filter((identifier) => !isSharedEmail(story, identifier)),
    linkedIdentifiers: [...story.linked],
    leftAt: hasLeft ? story.leftAt : null,
    leftBecause: hasLeft ? story.leftBecause : null,
  };
};

const isSharedEmail = (story: Story, identifier: string): boolean =>
  story.person.isEmailShared && identifier === `email:${story.person.email}`;
