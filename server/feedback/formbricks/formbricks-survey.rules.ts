import { extensionsOf } from "../files/file-kinds.rules.ts";
import type { LocalText, Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import { scaleOf } from "../surveys/given-answer.rules.ts";
import type { WidgetPlacement } from "../widgets/widgets.contract.ts";

/** A survey as clients of Formbricks expect it in the state of an environment: the members they look at, with questions of the nearest kind.
 *  @param placement its triggers by event become actions */
export const surveyForFormbricks = (survey: { id: string; name: string; definition: SurveyDefinition; placement: WidgetPlacement }): Record<string, unknown> => {
  const { id, name, definition, placement } = survey;
  const [main = "en"] = definition.languages;
  return {
    id, name, type: "app", status: "inProgress", welcomeCard: { enabled: false }, hiddenFields: { enabled: false, fieldIds: [] }, variables: [], delay: 0,
    questions: definition.questions.map((question) => questionForFormbricks(question, (text) => localised(text, main))),
    endings: [{ id: "end", type: "endScreen", headline: localised(definition.thanks.title, main) }],
    triggers: eventsOf(placement).map((event) => ({ actionClass: actionClassOf(event) })),
    languages: definition.languages.map((code) => ({ default: code === main, enabled: true, language: { code } })),
    displayOption: placement.againAfterDays === null ? "displayOnce" : "respondMultiple", recontactDays: placement.againAfterDays, displayLimit: null,
    displayPercentage: placement.samplePercent, autoClose: null, segment: null, projectOverwrites: null, styling: null, isBackButtonHidden: false,
  };
};

/** Actions by which sites make surveys show: one per event that a survey waits for. */
export const actionClassesFor = (placements: readonly WidgetPlacement[]): { id: string; type: string; name: string; key: string; noCodeConfig: null }[] =>
  [...new Set(placements.flatMap(eventsOf))].map(actionClassOf);

const eventsOf = ({ triggers }: WidgetPlacement): string[] => triggers.flatMap((trigger) => (trigger.on === "event" ? [trigger.name] : []));
const actionClassOf = (event: string) => ({ id: event, type: "code", name: event, key: event, noCodeConfig: null });
const localised = (text: LocalText | undefined, main: string): Record<string, string> => ({ default: text?.[main] ?? "", ...text });

const questionForFormbricks = (question: Question, say: (text: LocalText | undefined) => Record<string, string>): Record<string, unknown> => {
  const asked = { id: question.id, headline: say(question.title), required: question.isRequired, ...(question.hint === undefined ? {} : { subheader: say(question.hint) }) };
  const choices = (options: readonly SurveyOption[]) => options.map((option) => ({ id: option.isOther === true ? "other" : option.isNone === true ? "none" : option.id, label: say(option.label) }));
  switch (question.type) {
    case "nps":
      return { ...asked, type: "nps", lowerLabel: say(question.low), upperLabel: say(question.high) };
    case "csat":
    case "ces":
    case "rating":
      return { ...asked, type: question.type, scale: "look" in question && question.look === "stars" ? "star" : "number", range: scaleOf(question).max, lowerLabel: say(question.low), upperLabel: say(question.high) };
    case "single":
    case "dropdown":
      return { ...asked, type: "multipleChoiceSingle", choices: choices(question.options) };
    case "multi":
    case "picture":
      return { ...asked, type: "multipleChoiceMulti", choices: choices(question.options) };
    case "ranking":
      return { ...asked, type: "ranking", choices: choices(question.options) };
    case "matrix":
      return { ...asked, type: "matrix", rows: choices(question.rows), columns: choices(question.columns) };
    case "date":
      return { ...asked, type: "date", format: "y-M-d" };
    case "consent":
      return { ...asked, type: "consent", label: say(question.statement) };
    case "contact":
      return { ...asked, type: "contactInfo" };
    case "file":
      return { ...asked, type: "fileUpload", allowMultipleFiles: question.filesMax > 1, maxSizeInMB: question.sizeMaxMb, allowedFileExtensions: extensionsOf(question.kinds) };
    case "statement":
      return { ...asked, type: "cta", required: false };
    case "slider":
    case "number":
    case "constant_sum":
      return { ...asked, type: "openText", inputType: "number", longAnswer: false };
    case "text":
    case "email":
    case "phone":
      return { ...asked, type: "openText", inputType: question.type, longAnswer: question.type === "text" && question.isLong !== false };
  }
};
