import { Component, createElement, type LooseInputHTMLAttributes } from "preact";
import type { RareQuestion } from "@firsthand/server/feedback/surveys/common-answers.rules";
import type { FileKind, QuestionOf, SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { FIELD_LENGTH_MAX, ownOf } from "@firsthand/server/feedback/surveys/given-answer.rules";
import { inputOf } from "@firsthand/server/feedback/survey-page/fields.rules";
import { scaleEndsOf } from "@firsthand/server/feedback/survey-page/scale-ends.rules";
import type { FieldProps, Upload } from "./fields.ts";
import { Other } from "./QuestionField.tsx";

export { checkRareAnswer } from "@firsthand/server/feedback/surveys/rare-answers.rules";

/** The fields of the kinds few surveys have. They come in a script of their own, so that the others stay light. */
export function RareField(props: FieldProps<RareQuestion>) {
  const { question } = props;
  switch (question.type) {
    case "dropdown":
      return <Dropdown {...props} question={question} />;
    case "consent":
      return <Consent {...props} question={question} />;
    case "number":
    case "date":
    case "email":
    case "phone":
      return <Writing {...props} question={question} />;
    case "ranking":
      return <Ranking {...props} question={question} />;
    case "matrix":
      return <Matrix {...props} question={question} />;
    case "constant_sum":
      return <Amounts {...props} question={question} />;
    case "slider":
      return <Slider {...props} question={question} />;
    case "contact":
      return <Contact {...props} question={question} />;
    case "file":
      return <Files {...props} question={question} />;
  }
}

function Dropdown({ question, answer, words, texts, onAnswer }: FieldProps<QuestionOf<"dropdown">>) {
  const [chosen = ""] = answer?.choices ?? [];
  return (
    <>
      <select aria-label={words(question.title)} value={chosen}
        onChange={(event) => onAnswer(event.currentTarget.value === "" ? {} : { choices: [event.currentTarget.value] })}>
        <option value="">{texts.select}</option>
        {question.options.map((option) => <option key={option.id} value={option.id}>{words(option.label)}</option>)}
      </select>
      {question.options.some((option) => option.isOther === true && option.id === chosen) && (
        <Other label={texts.other} value={answer?.text ?? ""} onText={(text) => onAnswer({ choices: [chosen], text })} />
      )}
    </>
  );
}

function Consent({ question, answer, words, onAnswer }: FieldProps<QuestionOf<"consent">>) {
  return (
    <div class="option">
      <label>
        <input type="checkbox" checked={answer?.choices?.[0] === "yes"} onChange={(event) => onAnswer(event.currentTarget.checked ? { choices: ["yes"] } : {})} />
        <span>{words(question.statement)}</span>
      </label>
    </div>
  );
}

function Writing({ question, answer, words, onAnswer }: FieldProps<QuestionOf<"number" | "date" | "email" | "phone">>) {
  const isNumber = question.type === "number";
  const give = (value: string): void => onAnswer(value.trim() === "" ? {} : isNumber ? { number: Number(value) } : { text: value });
  return (
    <>
      <Entry {...inputOf(question)} maxLength={FIELD_LENGTH_MAX} aria-label={words(question.title)} value={isNumber ? (answer?.number ?? "") : (answer?.text ?? "")}
        onInput={(event) => give(event.currentTarget.value)} />
      {isNumber && question.unit !== undefined && <span class="unit"> {words(question.unit)}</span>}
    </>
  );
}

// Preact's types want to know the kind of an input, which here follows from the question.
function Entry(props: LooseInputHTMLAttributes<HTMLInputElement>) {
  return createElement<LooseInputHTMLAttributes<HTMLInputElement>>("input", props);
}

/** Buttons move an option, which works with every pointer, keyboard and screen reader alike. */
function Ranking({ question, answer, words, texts, onAnswer }: FieldProps<QuestionOf<"ranking">>) {
  const ranked = (answer?.choices ?? []).flatMap((id) => question.options.filter((option) => option.id === id));
  const unranked = question.options.filter((option) => !ranked.includes(option));
  const order = [...ranked, ...unranked];
  const move = (from: number, step: number): void => {
    const moved = order[from];
    if (moved === undefined || from + step < 0 || from + step >= order.length) return;
    onAnswer({ choices: order.toSpliced(from, 1).toSpliced(from + step, 0, moved).map(({ id }) => id) });
  };
  return (
    <ol class="ranking">
      {order.map((option: SurveyOption, index) => {
        const label = words(option.label);
        return (
          <li class="option" key={option.id}>
            <span class="place">{ranked.length > 0 ? index + 1 : "–"}</span>
            <span class="grow">{label}</span>
            <button type="button" class="plain" disabled={index === 0} aria-label={`${label}: ${texts.up}`} onClick={() => move(index, -1)}>↑</button>
            <button type="button" class="plain" disabled={index === order.length - 1} aria-label={`${label}: ${texts.down}`} onClick={() => move(index, 1)}>↓</button>
          </li>
        );
      })}
    </ol>
  );
}

function Matrix({ question, answer, words, onAnswer }: FieldProps<QuestionOf<"matrix">>) {
  const isMultiple = question.isMultiple === true;
  const choose = (row: string, column: string): void => {
    const chosen = ownOf(answer?.rows, row) ?? [];
    const next = !isMultiple ? [column] : chosen.includes(column) ? chosen.filter((id) => id !== column) : [...chosen, column];
    onAnswer({ rows: { ...answer?.rows, [row]: next } });
  };
  return (
    <table class="matrix">
      <thead><tr><td />{question.columns.map((column) => <th scope="col" key={column.id}>{words(column.label)}</th>)}</tr></thead>
      <tbody>
        {question.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{words(row.label)}</th>
            {question.columns.map((column) => (
              <td key={column.id}>
                <label>
                  <input type={isMultiple ? "checkbox" : "radio"} name={`${question.id}.${row.id}`} aria-label={`${words(row.label)}: ${words(column.label)}`}
                    checked={(ownOf(answer?.rows, row.id) ?? []).includes(column.id)} onChange={() => choose(row.id, column.id)} />
                  <span aria-hidden="true">{words(column.label)}</span>
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Amounts({ question, answer, words, texts, onAnswer }: FieldProps<QuestionOf<"constant_sum">>) {
  const amounts = answer?.amounts ?? {};
  const left = question.total - Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  const give = (id: string, value: string): void => {
    const { [id]: _, ...others } = amounts;
    onAnswer({ amounts: value === "" ? others : { ...others, [id]: Number(value) } });
  };
  return (
    <div class="parts">
      {question.options.map((option) => (
        <label class="part" key={option.id}>
          <span>{words(option.label)}</span>
          <input type="number" inputMode="decimal" min={0} max={question.total} step="any" value={ownOf(amounts, option.id) ?? ""}
            onInput={(event) => give(option.id, event.currentTarget.value)} />
        </label>
      ))}
      <p class="hint" role="status">{texts.left.replace("{n}", `${Math.round(left * 100) / 100} ${words(question.unit)}`.trim())}</p>
    </div>
  );
}

function Slider({ question, answer, language, languages, words, texts, onAnswer }: FieldProps<QuestionOf<"slider">>) {
  const { low, high } = scaleEndsOf(question, { language, languages, texts });
  const give = (event: { currentTarget: { value: string } }): void => onAnswer({ number: Number(event.currentTarget.value) });
  return (
    <div class={`slider${answer?.number === undefined ? " untouched" : ""}`}>
      <output>{answer?.number === undefined ? "–" : `${answer.number} ${words(question.unit)}`.trim()}</output>
      {/* A click on the middle says the middle: the browser reports no change there, so the click itself is taken. */}
      <Entry {...inputOf(question)} aria-label={words(question.title)} aria-valuetext={answer?.number === undefined ? "–" : `${answer.number} ${words(question.unit)}`}
        value={answer?.number ?? (question.min + question.max) / 2} onInput={give} onClick={give} />
      <div class="ends" aria-hidden="true"><span>{low || question.min}</span><span>{high || question.max}</span></div>
    </div>
  );
}

function Contact({ question, answer, texts, onAnswer }: FieldProps<QuestionOf<"contact">>) {
  return (
    <div class="parts contact">
      {question.fields.map((field) => (
        <label class="part" key={field}>
          <span>{texts[field]}{(question.requiredFields ?? []).includes(field) ? "" : ` (${texts.optional})`}</span>
          <Entry {...inputOf(field)} name={field} maxLength={FIELD_LENGTH_MAX} value={ownOf(answer?.fields, field) ?? ""}
            onInput={(event) => onAnswer({ fields: { ...answer?.fields, [field]: event.currentTarget.value } })} />
        </label>
      ))}
    </div>
  );
}

const ACCEPTED: Readonly<Record<FileKind, string>> = {
  image: "image/png,image/jpeg,image/webp,image/gif,image/heic", pdf: "application/pdf", document: ".pdf,.docx,.odt,.txt,.csv,.xlsx", audio: "audio/*",
};

type FileProps = FieldProps<QuestionOf<"file">>;

class Files extends Component<FileProps, { isSending: boolean; failure: string }> {
  override state = { isSending: false, failure: "" };

  override render({ question, answer, texts, onAnswer }: FileProps) {
    const { isSending, failure } = this.state;
    const files = answer?.files ?? [];
    return (
      <div class="files">
        {files.map(({ id, name }) => (
          <p class="option" key={id}>
            <span class="grow">{name}</span>
            <button type="button" class="plain" aria-label={`${texts.remove}: ${name}`} onClick={() => onAnswer({ files: files.filter((file) => file.id !== id) })}>✕</button>
          </p>
        ))}
        {files.length < question.filesMax && (
          <label class="plain add">
            {question.isPhoto === true ? texts.takePhoto : texts.addFile}
            <input class="spoken" type="file" multiple={question.filesMax > 1} accept={question.kinds.map((kind) => ACCEPTED[kind]).join(",")}
              {...(question.isPhoto === true ? { capture: "environment" as const } : {})} disabled={isSending}
              onChange={(event) => void this.#add(event.currentTarget.files)} />
          </label>
        )}
        <p class={failure === "" ? "hint" : "error"} role="status">{isSending ? texts.uploading : failure || `≤ ${question.sizeMaxMb} MB`}</p>
      </div>
    );
  }

  async #add(chosen: FileList | null): Promise<void> {
    const { question, answer, upload, texts } = this.props;
    const wanted = [...(chosen ?? [])].slice(0, question.filesMax - (answer?.files ?? []).length);
    if (upload === null || wanted.length === 0) return;
    this.setState({ isSending: true, failure: "" });
    let failure = "";
    const sent: Awaited<ReturnType<Upload>>[] = [];
    for (const file of wanted) {
      try {
        sent.push(await upload(question.id, file));
        // Each at once, so that a failure of a later one takes nothing along; what is on show no longer changes once the person went on.
        this.props.onAnswer({ files: [...(this.props.answer?.files ?? []).filter(({ id }) => sent.every((one) => one.id !== id)), ...sent] });
      } catch (error) {
        failure = `${file.name}: ${texts.refusals?.[error instanceof Error ? error.message : ""]?.[1] ?? texts.uploadFailed}`;
      }
    }
    this.setState({ isSending: false, failure });
  }
}
