import type { Answer, LocalText, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { scaleEndsOf } from "@firsthand/server/feedback/survey-page/scale-ends.rules";
import { OTHER_TEXT_LENGTH_MAX, SCALES, TEXT_LENGTH_MAX } from "@firsthand/server/feedback/surveys/answers.rules";

type FieldProps<Kind extends Question> = {
  question: Kind;
  answer: Answer | undefined;
  language: string;
  languages: readonly string[];
  words: (text: LocalText | undefined) => string;
  texts: PageTexts;
  onAnswer: (answer: Answer) => void;
};

/** The field of a question: the same markup as the page the server renders, so that one style fits both. */
export function QuestionField(props: FieldProps<Question>) {
  const { question } = props;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
      return <Scale {...props} question={question} />;
    case "single":
    case "multi":
      return <Choices {...props} question={question} />;
    case "text":
      return <Writing {...props} question={question} />;
  }
}

function Scale({ question, answer, language, languages, texts, onAnswer }: FieldProps<Extract<Question, { type: "nps" | "csat" | "ces" }>>) {
  const { min, max } = SCALES[question.type];
  const { low, high } = scaleEndsOf(question, { language, languages, texts });
  const points = Array.from({ length: max - min + 1 }, (_, offset) => min + offset);
  return (
    <>
      <div class={`scale points-${points.length}`}>
        {points.map((point) => (
          <label class="point" key={point}>
            <input type="radio" name={question.id} checked={answer?.number === point} onChange={() => onAnswer({ number: point })} />
            <span>{point}</span>
            {(point === min || point === max) && <span class="spoken">{point === min ? low : high}</span>}
          </label>
        ))}
      </div>
      <div class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></div>
    </>
  );
}

function Choices({ question, answer, words, texts, onAnswer }: FieldProps<Extract<Question, { type: "single" | "multi" }>>) {
  const isSingle = question.type === "single";
  const choices = answer?.choices ?? [];
  const choose = (id: string): void => {
    const chosen = isSingle ? [id] : choices.includes(id) ? choices.filter((choice) => choice !== id) : [...choices, id];
    const keepsText = question.options.some((option) => option.isOther === true && chosen.includes(option.id));
    onAnswer({ choices: chosen, ...(keepsText && answer?.text !== undefined ? { text: answer.text } : {}) });
  };
  return (
    <>
      {question.options.map((option) => (
        <div class="option" key={option.id}>
          <label>
            <input type={isSingle ? "radio" : "checkbox"} name={question.id} checked={choices.includes(option.id)} onChange={() => choose(option.id)} />
            <span>{words(option.label)}</span>
          </label>
          {option.isOther === true && choices.includes(option.id) && (
            <input type="text" class="other" maxLength={OTHER_TEXT_LENGTH_MAX} aria-label={texts.other} placeholder={texts.other} value={answer?.text ?? ""}
              onInput={(event) => onAnswer({ choices, text: event.currentTarget.value })} />
          )}
        </div>
      ))}
    </>
  );
}

function Writing({ question, answer, words, onAnswer }: FieldProps<Extract<Question, { type: "text" }>>) {
  const attributes = {
    "aria-label": words(question.title), maxLength: TEXT_LENGTH_MAX, value: answer?.text ?? "",
    onInput: (event: { currentTarget: { value: string } }) => onAnswer({ text: event.currentTarget.value }),
  };
  return question.isLong === false ? <input type="text" {...attributes} /> : <textarea rows={4} {...attributes} />;
}
