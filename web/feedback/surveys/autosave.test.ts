import { expect, test, vi } from "vitest";
import { ApiError } from "../../shell/api.ts";
import { createSaver, type SavingState } from "./autosave.ts";

const makeSaver = (answers: (Error | null)[] = []) => {
  const saved: string[] = [];
  const states: SavingState[] = [];
  const saver = createSaver<string>({
    delayMs: 600,
    onState: (state) => void states.push(state),
    save: async (value) => {
      saved.push(value);
      const answer = answers.shift() ?? null;
      if (answer !== null) throw answer;
    },
  });
  return { saver, saved, states };
};

test("many changes are saved once, a moment after the last", async () => {
  vi.useFakeTimers();
  const { saver, saved, states } = makeSaver();

  for (const value of ["a", "ab", "abc"]) saver.change(value);
  await vi.advanceTimersByTimeAsync(599);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);

  expect(saved).toEqual(["abc"]);
  expect(states.at(-1)).toBe("saved");
  vi.useRealTimers();
});

test("leaving saves at once, and only what is not saved yet", async () => {
  const { saver, saved } = makeSaver();
  saver.change("a");

  await saver.flush();
  await saver.flush();

  expect(saved).toEqual(["a"]);
});

test.each<[SavingState, Error]>([
  ["conflict", new ApiError({ code: "survey_changed_meanwhile", status: 409, message: "Irrelevant" })],
  ["failed", new ApiError({ code: "unreachable", status: 0, message: "Irrelevant" })],
])("a save that is refused says %s", async (state, failure) => {
  const { saver, states } = makeSaver([failure]);
  saver.change("a");

  await saver.flush();

  expect(states.at(-1)).toBe(state);
});
