import type { Answer, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { scaleOf } from "@firsthand/server/feedback/surveys/given-answer.rules";
import { choose } from "./choosing.ts";

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
      return option === undefined ? null : choose(question, current, option.id);
    }
    default:
      return null;
  }
}

/** Listens to keys: digits answer, Enter goes on, wherever the focus is outside of text fields; in a long text Ctrl+Enter goes on.
 *  @param place the question on show with its answer so far; null when there is none */
export function keyListener(
  place: () => { question: Question | undefined; answer: Answer | undefined } | null,
  act: { answer: (answer: Answer) => void; next: () => void },
): (event: Event) => void {
  let oneAt = 0;
  return (event) => {
    const { question, answer } = place() ?? {};
    if (question === undefined || !(event instanceof KeyboardEvent)) return;
    // Seen from outside, everything inside a shadow root is its host.
    const [target] = event.composedPath();
    const isLongText = target instanceof HTMLTextAreaElement;
    const isText = isLongText || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !["radio", "checkbox", "range"].includes(target.type));
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isLongText) return act.next();
    if (isText || event.ctrlKey || event.metaKey || event.altKey) return;
    // Buttons, links and fields inside the form go on by themselves.
    if (event.key === "Enter" && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLAnchorElement)) {
      event.preventDefault();
      return act.next();
    }
    if (!/^\d$/.test(event.key)) return;
    const given = answerOfDigit(question, answer, Number(event.key), event.timeStamp - oneAt < TEN_MS);
    oneAt = event.key === "1" ? event.timeStamp : 0;
    if (given === null) return;
    event.preventDefault();
    act.answer(given);
  };
}
