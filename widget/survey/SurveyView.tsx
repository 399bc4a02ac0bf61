import { Component } from "preact";
import type { Answer, Answers, LocalText, Question, SurveyContext, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { checkCommonAnswer, isCommon } from "@firsthand/server/feedback/surveys/common-answers.rules";
import { answerTo, type Problem } from "@firsthand/server/feedback/surveys/given-answer.rules";
import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import type { FieldProps, Upload } from "./fields.ts";
import { keyListener } from "./keys.ts";
import { QuestionField } from "./QuestionField.tsx";
import { needsTools, type SurveyTools } from "./tools.ts";

type Props = {
  /** With what is random already in this person's order. */
  definition: SurveyDefinition;
  context: SurveyContext;
  /** From `toolsFor` this definition; null when it needs none. */
  tools: SurveyTools | null;
  language: string;
  texts: PageTexts;
  answers: Answers;
  /** Question on show; null or a hidden one: the first. */
  questionId: string | null;
  isComplete: boolean;
  /** Ending the server decided on; undefined while only the answers can tell. */
  endingId?: string | null | undefined;
  upload: Upload | null;
  /** Origin of the server where that is not the page's own; "" where it is. */
  base?: string;
  onAnswers: (answers: Answers) => void;
  /** The person goes on to a question; null: is done. */
  onMove: (questionId: string | null) => void;
  notice: string;
  takesFocus: boolean;
  /** Where keys are listened to: all of a page that is nothing but the survey, else the survey's own part of it. */
  keysIn?: EventTarget;
};
type RareFields = typeof import("./RareField.tsx");
type State = { problem: Problem; rare: RareFields | null; hasFailed: boolean };

/** One question at a time. Knows no network: what happens to the answers is the caller's business.
 *  A class, as Preact's hooks weigh as much as a tenth of all a survey needs. */
export class SurveyView extends Component<Props, State> {
  override state: State = { problem: null, rare: null, hasFailed: false };
  #heading: HTMLElement | null = null;
  #hasMoved = false;
  readonly #listen = keyListener(() => (this.props.isComplete ? null : this.#place()), { answer: (given) => this.#answer(given), next: () => this.#next() });

  override componentDidMount(): void {
    if (this.props.tools === null && needsTools(this.props.definition)) throw new Error("This survey needs its tools.");
    (this.props.keysIn ?? window).addEventListener("keydown", this.#listen);
    this.#loadRare();
  }

  // A new question is announced by moving the focus to it, but the first one leaves the focus where the page put it.
  override componentDidUpdate(before: Props): void {
    this.#loadRare();
    const { questionId, isComplete, takesFocus } = this.props;
    if (this.#hasMoved && takesFocus && (before.questionId !== questionId || before.isComplete !== isComplete)) this.#heading?.focus();
  }

  override componentWillUnmount(): void {
    (this.props.keysIn ?? window).removeEventListener("keydown", this.#listen);
  }

  override render() {
    const { definition, texts, notice, isComplete, language, base = "", upload } = this.props;
    const { question, index, count, answer } = this.#place();
    const heading = (element: HTMLElement | null): void => void (this.#heading = element);
    if (isComplete || question === undefined) return <Ending {...this.#ending()} texts={texts} notice={notice} heading={heading} />;
    const { problem } = this.state;
    const hint = this.#words(question.hint);
    const field = { question, answer, words: this.#words, language, languages: definition.languages, texts, base, upload, onAnswer: (given: Answer) => this.#answer(given, question) };
    return (
      <>
        <h1>{this.#words(definition.title)}</h1>
        {index === 0 && definition.intro !== undefined && <p class="intro">{this.#words(definition.intro)}</p>}
        <form novalidate onSubmit={(event) => { event.preventDefault(); this.#next(); }}>
          <fieldset class="question" key={question.id} aria-describedby={problem === null ? undefined : "problem"}>
            <legend tabIndex={-1} ref={heading}>
              {this.#words(question.title)}
              {!question.isRequired && question.type !== "statement" && <span class="optional"> ({texts.optional})</span>}
            </legend>
            {hint !== "" && <p class="hint">{hint}</p>}
            {this.#field(field)}
            {problem !== null && <p class="error" id="problem" role="alert">{texts[problem]}</p>}
          </fieldset>
          <p class="actions">
            {index > 0 && <button type="button" class="plain" onClick={() => this.#move(this.#shown()[index - 1]?.id ?? null)}>{texts.back}</button>}
            <button class="primary">{index === count - 1 ? texts.send : texts.next}</button>
          </p>
        </form>
        <p class="progress">{texts.progress.replace("{n}", String(index + 1)).replace("{total}", String(count))}</p>
        <p class="notice" role="status">{notice}</p>
      </>
    );
  }

  #field(props: FieldProps) {
    const { question, texts } = props;
    const { rare, hasFailed } = this.state;
    if (isCommon(question)) return <QuestionField {...props} question={question} />;
    if (rare !== null) return <rare.RareField {...props} question={question} />;
    if (!hasFailed) return <p class="hint" aria-busy="true">…</p>;
    return <p class="error" role="alert">{texts.offline} <button type="button" class="plain" onClick={() => this.setState({ hasFailed: false })}>↻</button></p>;
  }

  // Fields few surveys need come as soon as a survey has one of them, so that they are there before the line is lost.
  #loadRare(): void {
    const { rare, hasFailed } = this.state;
    if (rare !== null || hasFailed || this.props.definition.questions.every(isCommon)) return;
    import("./RareField.tsx").then((loaded) => this.setState({ rare: loaded }), () => this.setState({ hasFailed: true }));
  }

  #shown(): readonly Question[] {
    const { tools, definition } = this.props;
    return tools === null ? definition.questions : tools.listShown(this.props);
  }

  #place(): { question: Question | undefined; index: number; count: number; answer: Answer | undefined } {
    const shown = this.#shown();
    const index = Math.max(0, shown.findIndex(({ id }) => id === this.props.questionId));
    const question = shown[index];
    return { question, index, count: shown.length, answer: answerTo(this.props.answers, question?.id ?? "") };
  }

  readonly #words = (text: LocalText | undefined): string => {
    const { tools, definition, language } = this.props;
    const plain = textIn(text, language, definition.languages);
    return tools === null ? plain : tools.fillText(plain, this.props);
  };

  #ending(): { title: string; text: string; onward: string | undefined } {
    const { definition, endingId, tools } = this.props;
    const decided = endingId === undefined ? tools?.endingOf(this.props) : definition.endings?.find(({ id }) => id === endingId);
    const { title, text, redirectUrl } = decided ?? definition.thanks;
    return { title: this.#words(title), text: this.#words(text), onward: redirectUrl };
  }

  // A file may arrive after the person went on: it belongs to the question that asked for it.
  #answer(given: Answer, question = this.#place().question): void {
    if (question === undefined) return;
    this.setState({ problem: null });
    this.props.onAnswers({ ...this.props.answers, [question.id]: given });
  }

  #next(): void {
    const { question, answer, index } = this.#place();
    const { rare } = this.state;
    // A field that is not there yet cannot have been answered.
    if (question === undefined || (!isCommon(question) && rare === null)) return;
    const problem = isCommon(question) ? checkCommonAnswer(question, answer) : (rare?.checkRareAnswer(question, answer) ?? null);
    if (problem !== null) this.setState({ problem });
    else this.#move(this.#shown()[index + 1]?.id ?? null);
  }

  #move(questionId: string | null): void {
    this.#hasMoved = true;
    this.setState({ problem: null });
    this.props.onMove(questionId);
  }
}

function Ending({ title, text, onward, texts, notice, heading }: {
  title: string; text: string; onward: string | undefined; texts: PageTexts; notice: string; heading: (element: HTMLElement | null) => void;
}) {
  return (
    <div class="message">
      <h1 tabIndex={-1} ref={heading}>{title || texts.thanks}</h1>
      <p>{text}</p>
      {onward !== undefined && <p class="actions"><a class="primary" rel="noreferrer" href={onward}>{texts.continueTo}</a></p>}
      <p class="notice" role="status">{notice}</p>
    </div>
  );
}
