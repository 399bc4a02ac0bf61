type Refresher = { begin: () => void; stop: () => void };

// The event comes with the commit; the analytics copy follows within about a tenth of a second, in bursts a little later.
// The list is asked for soon and again, the many numbers once, and everything once more when it has become quiet.
const latestAtMs = [50, 200, 450, 800];
const numbersAtMs = 500;
const roundMs = 800;
const settleMs = 1500;

/** Spreads asking again over time: one answer shows at once, a thousand in a second cost no more than two.
 *  @param ask what to do for the list and for the numbers
 *  @returns begin, for every event; stop, when the page is left */
export const createRefresher = (ask: { latest: () => void; numbers: () => void }): Refresher => {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isRunning = false;
  let isWanted = false;
  const later = (act: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const round = (): void => {
    isRunning = true;
    isWanted = false;
    for (const ms of latestAtMs) later(ask.latest, ms);
    later(ask.numbers, numbersAtMs);
    later(() => (isWanted ? round() : settle()), roundMs);
  };
  const settle = (): void => {
    isRunning = false;
    later(() => {
      if (isRunning) return;
      ask.latest();
      ask.numbers();
    }, settleMs);
  };
  return {
    begin: () => {
      isWanted = true;
      if (!isRunning) round();
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      isRunning = false;
    },
  };
};
