import { OTHER_TEXT_LENGTH_MAX, TEXT_LENGTH_MAX, scaleOf, type ScaleQuestion } from "@firsthand/server/feedback/surveys/given-answer.rules";
import type { CommonQuestion } from "@firsthand/server/feedback/surveys/common-answers.rules";
import type { QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";
import { pictureUrl } from "@firsthand/server/feedback/survey-page/pictures.rules";
import { pointOf, scaleEndsOf } from "@firsthand/server/feedback/survey-page/scale-ends.rules";
import { choose, isSingle, type OptionQuestion } from "./choosing.ts";
import type { FieldProps } from "./fields.ts";

/** The field of a question of a common kind: the same markup as the page the server renders, so that one style fits both. */
export function QuestionField(props: FieldProps<CommonQuestion>) {
  const { question } = props;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return <Scale {...props} question={question} />;
    case "single":
    case "multi":
    case "picture":
      return <Choices {...props} question={question} />;
    case "text":
      return <Writing {...props} question={question} />;
    case "statement":
      return null;
  }
}

function Scale({ question, answer, language, languages, texts, onAnswer }: FieldProps<ScaleQuestion>) {
  const scale = scaleOf(question);
  const words = { language, languages, texts };
  const { low, high } = scaleEndsOf(question, words);
  const look = "look" in question ? (question.look ?? "numbers") : "numbers";
  const isMark = look === "stars" || look === "smileys";
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_, offset) => scale.min + offset);
  return (
    <>
      <div class={`scale ${look} points-${points.length}`}>
        {points.map((point) => {
          const { mark, meaning } = pointOf(question, point, scale, words);
          const isBelow = look === "stars" && answer?.number !== undefined && point <= answer.number;
          return (
            <label class={`point${isBelow ? " below" : ""}`} key={point}>
              <input type="radio" name={question.id} checked={answer?.number === point} onChange={() => onAnswer({ number: point })} />
              <span aria-hidden={isMark ? "true" : undefined}>{mark}</span>
              {meaning !== "" && <span class="spoken">{meaning}</span>}
            </label>
          );
        })}
      </div>
      {look !== "words" && `${low}${high}` !== "" && <div class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></div>}
    </>
  );
}

function Choices({ question, answer, words, texts, base, onAnswer }: FieldProps<OptionQuestion>) {
  const choices = answer?.choices ?? [];
  return (
    <div class={question.type === "picture" ? "pictures" : ""}>
      {question.options.map((option) => (
        <div class="option" key={option.id}>
          <label>
            <input type={isSingle(question) ? "radio" : "checkbox"} name={question.id} checked={choices.includes(option.id)} onChange={() => onAnswer(choose(question, answer, option.id))} />
            {option.imageId !== undefined && <img src={base + pictureUrl(option.imageId)} alt="" />}
            <span>{words(option.label)}</span>
          </label>
          {option.isOther === true && choices.includes(option.id) && (
            <Other label={texts.other} value={answer?.text ?? ""} onText={(text) => onAnswer({ choices, text })} />
          )}
        </div>
      ))}
    </div>
  );
}

/** Where the words beside "other" are written. */
export function Other({ label, value, onText }: { label: string; value: string; onText: (text: string) => void }) {
  return (
    <input type="text" class="other" maxLength={OTHER_TEXT_LENGTH_MAX} aria-label={label} placeholder={label} value={value}
      onInput={(event) => onText(event.currentTarget.value)} />
  );
}

function Writing({ question, answer, words, onAnswer }: FieldProps<QuestionOf<"text">>) {
  const attributes = {
    "aria-label": words(question.title), maxLength: question.maxLength ?? TEXT_LENGTH_MAX, value: answer?.text ?? "",
    onInput: (event: { currentTarget: { value: string } }) => onAnswer({ text: event.currentTarget.value }),
  };
  return question.isLong === false ? <input type="text" {...attributes} /> : <textarea rows={4} {...attributes} />;
}
