import { useLayoutEffect, useRef } from "preact/hooks";
import type { Answer, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { scaleOf } from "@firsthand/server/feedback/surveys/given-answer.rules";

/** How long after a 1 a 0 still makes it a 10. */
const TEN_MS = 900;

/** What pressing a digit answers.
 *  @param wasOne whether a 1 was pressed a moment ago, so that 1 and 0 make 10
 *  @returns the answer, or null when the question has no such point or option */
export function answerOfDigit(question: Question, current: Answer | undefined, digit: number, wasOne: boolean): Answer | null {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const number = digit === 0 && wasOne && max >= 10 ? 10 : digit;
      return number < min || number > max ? null : { number };
    }
    case "single":
    case "multi":
    case "picture": {
      const option = question.options[digit - 1];
      if (option === undefined) return null;
      const choices = current?.choices ?? [];
      if (question.type === "single" || (question.type === "picture" && question.isMultiple !== true)) return { choices: [option.id] };
      return { ...current, choices: choices.includes(option.id) ? choices.filter((id) => id !== option.id) : [...choices, option.id] };
    }
    default:
      return null;
  }
}

/** Digits answer, Enter goes on, wherever the focus is in `place` outside of text fields; in a long text Ctrl+Enter goes on. */
export function useQuestionKeys(question: Question | undefined, current: Answer | undefined, act: { answer: (answer: Answer) => void; next: () => void; place: EventTarget }): void {
  const oneAt = useRef(0);
  // In the same task as the drawing: a fast Enter after a digit must find the answer of that digit.
  useLayoutEffect(() => {
    if (question === undefined) return;
    const listen = (event: Event): void => {
      if (!(event instanceof KeyboardEvent)) return;
      // Seen from outside, everything inside a shadow root is its host.
      const [target] = event.composedPath();
      const isLongText = target instanceof HTMLTextAreaElement;
      const isText = isLongText || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !["radio", "checkbox", "range"].includes(target.type));
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isLongText) {
        act.next();
        return;
      }
      if (isText || event.ctrlKey || event.metaKey || event.altKey) return;
      // Buttons, links and fields inside the form go on by themselves.
      if (event.key === "Enter" && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLAnchorElement)) {
        event.preventDefault();
        act.next();
        return;
      }
      if (!/^\d$/.test(event.key)) return;
      const answer = answerOfDigit(question, current, Number(event.key), event.timeStamp - oneAt.current < TEN_MS);
      oneAt.current = event.key === "1" ? event.timeStamp : 0;
      if (answer === null) return;
      event.preventDefault();
      act.answer(answer);
    };
    const { place } = act;
    place.addEventListener("keydown", listen);
    return () => place.removeEventListener("keydown", listen);
  });
}
