import type { AnalyticsStore } from "./analytics.contract.ts";

type Query = AnalyticsStore["query"];

/** Gives who asks the same while it is being answered the same answer: the tiles of a board, and everybody who opens it at once. A query names its workspace
 *  among its values, so nobody shares with another one.
 *  @returns `renew`: for when the store has changed; whoever asks from then on is answered anew */
export const shareQueries = (query: Query): { query: Query; renew: () => void } => {
  const asked = new Map<string, ReturnType<Query>>();
  return {
    query: (...question) => {
      const key = JSON.stringify(question);
      const found = asked.get(key);
      if (found !== undefined) return found;
      const forget = (): void => {
        if (asked.get(key) === asking) asked.delete(key);
      };
      const asking = query(...question);
      asked.set(key, asking);
      asking.then(forget, forget);
      return asking;
    },
    renew: () => asked.clear(),
  };
};
