import { UnstyledButton } from "@mantine/core";
import { useCallback, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { metricsTexts } from "./metrics.texts.ts";

/** What somebody wrote, cut after four lines; the rest opens in place. */
export const ShortWords = ({ words }: { words: string }) => {
  const t = useTexts(metricsTexts);
  const [isOpen, setOpen] = useState(false);
  const [isCut, setCut] = useState(false);
  // How many lines words take is known once they are drawn, and changes with the width.
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setCut(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <p ref={measure} className={isOpen ? undefined : "answer-short"} dir="auto">
        {words}
      </p>
      {(isCut || isOpen) && (
        <UnstyledButton className="answer-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "lessWords" : "moreWords")}
        </UnstyledButton>
      )}
    </>
  );
};
