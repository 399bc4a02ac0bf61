import { describe, expect, test } from "vitest";
import { shareQueries } from "./shared-queries.ts";

/** A store that answers when it is told to, each time with its own number. */
const makeStore = () => {
  const answers: PromiseWithResolvers<readonly { asked: number }[]>[] = [];
  const { query, renew } = shareQueries(() => {
    const answer = Promise.withResolvers<readonly { asked: number }[]>();
    answers.push(answer);
    return answer.promise;
  });
  return { query, renew, answers, answerAll: () => answers.forEach(({ resolve }, place) => resolve([{ asked: place + 1 }])) };
};
const [sql, workspace] = ["select count(*) from experience where workspace_id = $1", "first"];

describe("a query that is asked while it is being answered", () => {
  test("has one answer, and is asked again once it was given", async () => {
    const { query, answers, answerAll } = makeStore();
    const five = Array.from({ length: 5 }, () => query(sql, [workspace]));
    answerAll();
    expect(await Promise.all(five)).toEqual(Array.from({ length: 5 }, () => [{ asked: 1 }]));
    void query(sql, [workspace]);
    expect(answers).toHaveLength(2);
  });

  test.each<[string, Parameters<ReturnType<typeof makeStore>["query"]>]>([
    ["of another workspace", [sql, ["second"]]],
    ["of other rows", [`${sql} and record = 'perception'`, [workspace]]],
    ["with another limit", [sql, [workspace], { limitRows: 1 }]],
    ["with a number for a text", [sql, [1]]],
  ])("shares nothing with one %s", (_, other) => {
    const { query, answers } = makeStore();
    void query(sql, [workspace]);
    void query(sql, ["1"]);
    void query(...other);
    expect(answers).toHaveLength(3);
  });

  test("is asked anew when the store has changed, and what was asked before leaves the new one alone", async () => {
    const { query, renew, answers, answerAll } = makeStore();
    const before = query(sql, [workspace]);
    renew();
    const after = query(sql, [workspace]);
    answers[0]?.resolve([{ asked: 1 }]);
    expect(await before).toEqual([{ asked: 1 }]);
    void query(sql, [workspace]);
    answerAll();
    expect(await after).toEqual([{ asked: 2 }]);
    expect(answers).toHaveLength(2);
  });

  test("fails for all who ask, and is not kept", async () => {
    const { query, answers } = makeStore();
    const both = [query(sql, [workspace]), query(sql, [workspace])];
    answers[0]?.reject(new Error("their process has ended"));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    void query(sql, [workspace]);
    expect(answers).toHaveLength(2);
  });
});
