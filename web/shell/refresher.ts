type Refresher = { begin: () => void; stop: () => void };

// Four times a second looks alive to the eye; more often would only cost.
const usualBetweenMs = 250;

/** Asks again at once, and while reasons pour in at most four times a second and never twice at the same time.
 *  @param ask resolves when everything asked for has come; the next asking waits for it, so that no answer is older than its reason
 *  @param betweenMs at least so long from one asking to the next
 *  @returns begin, for every reason to ask; stop, when the page is left */
export const createRefresher = (ask: () => Promise<unknown>, betweenMs = usualBetweenMs): Refresher => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isAsking = false;
  let isWanted = false;
  let nextMs = 0;
  let inRow = 0;
  const begin = (): void => {
    if (isAsking || timer !== null) {
      isWanted = true;
      return;
    }
    const waitMs = nextMs - performance.now();
    if (waitMs <= 0) return void askNow();
    timer = setTimeout(() => void askNow(), waitMs);
  };
  const askNow = async (): Promise<void> => {
    timer = null;
    isWanted = false;
    isAsking = true;
    const beganMs = performance.now();
    await ask().catch(() => undefined);
    isAsking = false;
    const tookMs = performance.now() - beganMs;
    // While reasons pour in, a server that needs long gets as long to rest: a page that is looked at must not take all of it.
    nextMs = beganMs + Math.max(betweenMs, inRow === 0 ? tookMs : 2 * tookMs);
    inRow = isWanted ? inRow + 1 : 0;
    if (isWanted) begin();
  };
  return {
    begin,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      isWanted = false;
    },
  };
};
