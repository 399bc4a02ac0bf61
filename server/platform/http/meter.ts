// Counts answered requests for monitoring. By class of status and nothing finer: an address can name a person.
export type RequestCounts = { byStatus: ReadonlyMap<string, number>; seconds: number };
export type Meter = { note: (status: number, elapsedMs: number) => void; read: () => RequestCounts };

export const createMeter = (): Meter => {
  const byStatus = new Map<string, number>();
  let seconds = 0;
  return {
    note: (status, elapsedMs) => {
      const key = status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
      byStatus.set(key, (byStatus.get(key) ?? 0) + 1);
      seconds += elapsedMs / 1000;
    },
    read: () => ({ byStatus, seconds }),
  };
};
