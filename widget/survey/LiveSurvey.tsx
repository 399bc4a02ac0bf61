import { Component } from "preact";
import type { Answers } from "@firsthand/server/feedback/surveys/definition.contract";
import type { Upload } from "./fields.ts";
import { moveOn } from "./onward.ts";
import type { PageData } from "./page-data.ts";
import { openSession, type Session, type SaveState, type Surroundings } from "./session.ts";
import { SurveyView } from "./SurveyView.tsx";
import type { SurveyTools } from "./tools.ts";

type Props = {
  data: PageData;
  around: Surroundings;
  tools: SurveyTools | null;
  /** Origin of the server where that is not the page's own. */
  base?: string;
  /** Whether the page itself goes where an ending leads; a widget leaves its host page alone and shows the link only. */
  leavesPage?: boolean;
  /** Told when the person has answered something, when everything is answered, and when all of it is safe. */
  onProgress?: (step: "changed" | "completed" | "saved") => void;
  /** See `SurveyView`. */
  keysIn?: EventTarget;
};

/** A survey that is really answered: every step is kept on the device and sent. */
export class LiveSurvey extends Component<Props, { save: SaveState; code: string }> {
  override state: { save: SaveState; code: string } = { save: "idle", code: "" };
  readonly #session: Session;
  // Who comes back to a survey answered before is not sent away again.
  readonly #wasComplete: boolean;

  constructor(props: Props) {
    super(props);
    this.#session = openSession(props.data, props.around, (save, code) => {
      this.setState({ save, code });
      if (save === "saved") this.#saved();
    });
    this.#wasComplete = this.#session.progress().isComplete;
  }

  override componentDidMount(): void {
    addEventListener("online", this.#retry);
    addEventListener("pagehide", this.#session.leave);
    document.addEventListener("visibilitychange", this.#hide);
    this.#retry();
  }

  override componentWillUnmount(): void {
    removeEventListener("online", this.#retry);
    removeEventListener("pagehide", this.#session.leave);
    document.removeEventListener("visibilitychange", this.#hide);
    this.#session.leave();
  }

  override render({ data, tools, base = "", keysIn = window }: Props) {
    const { save, code } = this.state;
    const { texts, definition } = data;
    const { id, answers, questionId, isComplete, endingId } = this.#session.progress();
    const told = texts.refusals?.[save === "closed" ? code : (endingId ?? "")];
    if (told !== undefined) return <div class="message" role="alert"><h1>{told[0]}</h1><p>{told[1]}</p></div>;
    const upload: Upload = async (question, file) => (await import("./upload.ts")).uploadTo(base, data.slug, id)(question, file);
    return (
      <SurveyView definition={tools?.arrangeFor(definition, id) ?? definition} context={data.context} tools={tools} language={data.language} texts={texts} answers={answers}
        questionId={questionId} isComplete={isComplete} endingId={endingId} upload={upload} base={base} onAnswers={this.#change} onMove={this.#move}
        notice={save === "waiting" ? texts.offline : save === "refused" ? texts.refused : ""} takesFocus keysIn={keysIn} />
    );
  }

  readonly #retry = (): void => void this.#session.retry();
  readonly #hide = (): void => {
    if (document.visibilityState === "hidden") this.#session.leave();
  };

  readonly #change = (answers: Answers): void => {
    this.#session.note({ answers });
    this.setState({});
    this.props.onProgress?.("changed");
  };

  readonly #move = (questionId: string | null): void => {
    this.#session.note({ questionId });
    // The reply of the last save says which ending it is: quotas are counted on the server.
    void this.#session.save(questionId === null).then(() => this.setState({}));
    this.setState({});
    if (questionId === null) this.props.onProgress?.("completed");
  };

  // Only once everything is saved: going away earlier would take unsent answers along.
  #saved(): void {
    const { data, leavesPage, onProgress } = this.props;
    const { isComplete, endingId } = this.#session.progress();
    onProgress?.("saved");
    if (leavesPage === true && isComplete && !this.#wasComplete) moveOn(data.definition, endingId);
  }
}
