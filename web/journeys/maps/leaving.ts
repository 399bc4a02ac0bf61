import { useEffect, useRef } from "react";

/** Runs when a part goes away, and when its page is closed, left or put behind another: a phone may end it there without a word. May run several times. */
export const useLeaving = (leave: () => void): void => {
  const latest = useRef(leave);
  useEffect(() => void (latest.current = leave));
  useEffect(() => {
    const run = (): void => latest.current();
    const hide = (): void => void (document.visibilityState === "hidden" && run());
    window.addEventListener("pagehide", run);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("pagehide", run);
      document.removeEventListener("visibilitychange", hide);
      run();
    };
  }, []);
};
