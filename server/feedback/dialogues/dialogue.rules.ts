import { checkAnswer, scaleOf } from "../surveys/answers.rules.ts";
import type { Answer, LocalText, Question, SurveyOption } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { answerOfKeys, spokenQuestion } from "../surveys/spoken.rules.ts";
import { dialogueWordsIn } from "./dialogue-words.rules.ts";
import type { DialogueWords } from "./dialogue-words.rules.ts";
import type { DialogueChannel, DialogueTurn, GivenAnswer } from "./dialogues.contract.ts";

/** In which words a question is asked. */
export type Telling = { channel: DialogueChannel; language: string; languages: readonly string[]; fill: (text: string) => string };

/** A chat window shows a list this long without scrolling away from its question. */
const CHAT_OPTIONS_MAX = 20;

/** A question as a chat or a voice asks it.
 *  @returns null for kinds that neither can ask this way: tables, orders, points to share out, files */
export const askedQuestion = (question: Question, telling: Telling): Omit<DialogueTurn, "attempt"> | null => {
  const words = dialogueWordsIn(telling.language);
  return telling.channel === "phone" ? onThePhone(question, telling, words) : inChat(question, telling, words);
};

/** What a statement says. */
export const toldStatement = (question: Question, telling: Telling): string => [say(question.title, telling), say(question.hint, telling)].filter((part) => part !== "").join(" ");

const onThePhone = (question: Question, { language, languages, fill }: Telling, words: DialogueWords): Omit<DialogueTurn, "attempt"> | null => {
  const spoken = spokenQuestion(question, language, languages, fill);
  if (spoken.input === "unfit" || spoken.input === "none") return null;
  return { say: question.isRequired ? spoken.say : `${spoken.say} ${words.skipPhone}`, input: spoken.input };
};

const inChat = (question: Question, telling: Telling, words: DialogueWords): Omit<DialogueTurn, "attempt"> | null => {
  const asked = (help: string, rest: Pick<DialogueTurn, "input"> & Partial<Pick<DialogueTurn, "options">>): Omit<DialogueTurn, "attempt"> => ({
    ...rest, say: [say(question.title, telling), say(question.hint, telling), help, question.isRequired ? "" : words.skipChat].filter((part) => part !== "").join(" "),
  });
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const ends = [[min, say(question.low, telling)], [max, say(question.high, telling)]].filter(([, end]) => end !== "").map(([point, end]) => `${point} = ${end}`).join(", ");
      return asked(`${words.scale.replace("{min}", String(min)).replace("{max}", String(max))}${ends === "" ? "" : ` (${ends})`}`, { input: "text" });
    }
    case "single":
    case "dropdown":
    case "multi":
    case "picture": {
      if (question.options.length > CHAT_OPTIONS_MAX) return null;
      const isSeveral = question.type === "multi" || (question.type === "picture" && question.isMultiple === true);
      return asked(isSeveral ? words.chooseSeveral : words.choose, { input: "choice", options: question.options.map(({ label }, index) => ({ key: String(index + 1), label: say(label, telling) })) });
    }
    case "consent":
      return asked(`${say(question.statement, telling)} ${words.yesNo}`, { input: "choice", options: [{ key: "1", label: words.yes[0] ?? "" }, { key: "2", label: words.no[0] ?? "" }] });
    case "slider":
      return asked(words.scale.replace("{min}", String(question.min)).replace("{max}", String(question.max)), { input: "text" });
    case "number":
      return asked(words.number, { input: "text" });
    case "date":
      return asked(words.date, { input: "text" });
    case "text":
    case "email":
    case "phone":
      return asked("", { input: "text" });
    case "statement":
    case "ranking":
    case "matrix":
    case "constant_sum":
    case "contact":
    case "file":
      return null;
  }
};

/** What somebody gave as an answer: the answer, that they pass over or stop, or null when it answers nothing and the question is asked again. */
export const readGiven = (question: Question, given: GivenAnswer, telling: Telling): Answer | "skip" | "stop" | null => {
  const words = [dialogueWordsIn(telling.language), dialogueWordsIn("en")];
  if ("keys" in given) {
    const keys = given.keys.replace(/#$/, "");
    if (keys === "*") return question.isRequired ? null : "skip";
    return fitting(question, answerOfKeys(question, keys));
  }
  const text = ("text" in given ? given.text : given.voice).trim();
  const plain = plainly(text);
  // An option called "End" is meant as the option.
  const isOption = "options" in question && question.options.some(({ label }) => plainly(say(label, telling)) === plain);
  if (!isOption && words.some(({ stop }) => stop.includes(plain))) return "stop";
  if (!isOption && words.some(({ skip }) => skip.includes(plain))) return question.isRequired ? null : "skip";
  return fitting(question, answerOfText(question, text, { telling, words }));
};

const fitting = (question: Question, answer: Answer | null): Answer | null => (answer !== null && checkAnswer(question, answer) === null ? answer : null);

type Reading = { telling: Telling; words: readonly DialogueWords[] };

const answerOfText = (question: Question, text: string, { telling, words }: Reading): Answer | null => {
  if (text === "") return null;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const ends = [[min, question.low], [max, question.high]] as const;
      const end = ends.find(([, label]) => label !== undefined && plainly(say(label, telling)) === plainly(text));
      return end === undefined ? numbered(text, max, words) : { number: end[0] };
    }
    case "slider":
      return numbered(text, question.max, words);
    case "number":
      return numbered(text, null, words);
    case "single":
    case "dropdown":
      return chosen(question.options, [text], telling);
    case "multi":
      return chosen(question.options, partsOf(text, question.options, { telling, words }), telling);
    case "picture":
      return chosen(question.options, question.isMultiple === true ? partsOf(text, question.options, { telling, words }) : [text], telling);
    case "consent":
      return agreed(plainly(text), words);
    case "text":
      return { text };
    case "phone":
      return { text };
    case "email":
      return { text: /[^\s<>@]+@[^\s<>@]+/.exec(text)?.[0] ?? text };
    case "date":
      return { text: dayOf(text) };
    case "statement":
    case "ranking":
    case "matrix":
    case "constant_sum":
    case "contact":
    case "file":
      return null;
  }
};

/** The one number in some words: "9", "nine", "I would say 9", "9/10", "9 out of 10".
 *  @param max the highest point, which people like to name as well */
const numbered = (text: string, max: number | null, words: readonly DialogueWords[]): Answer | null => {
  const found = [...text.matchAll(/(?<![\d.,])[-−]?\d{1,12}(?:[.,]\d{1,6})?(?![\d])/g)].map(([one]) => Number(one.replace("−", "-").replace(",", ".")));
  const [first, second] = found;
  if (first !== undefined) return found.length === 1 || (found.length === 2 && second === max) ? { number: first } : null;
  const said = plainly(text).split(" ").flatMap((word) => words.flatMap(({ numbers }) => numbers.indexOf(word)).filter((place) => place >= 0).slice(0, 1));
  return said[0] !== undefined && said.length === 1 ? { number: said[0] } : null;
};

const agreed = (plain: string, words: readonly DialogueWords[]): Answer | null => {
  if (plain === "1" || words.some(({ yes }) => yes.includes(plain))) return { choices: ["yes"] };
  return plain === "2" || words.some(({ no }) => no.includes(plain)) ? { choices: ["no"] } : null;
};

// "1, 3", "1 3", "price and staff"; a whole label wins over its parts, so that "Bed and breakfast" stays one.
const partsOf = (text: string, options: readonly SurveyOption[], { telling, words }: Reading): string[] => {
  if (options.some(({ label }) => plainly(say(label, telling)) === plainly(text))) return [text];
  if (/^[\d\s,;+&]+$/.test(text)) return text.split(/[\s,;+&]+/).filter((part) => part !== "");
  const joined = words.flatMap(({ and }) => and).reduce((rest, and) => rest.replaceAll(` ${and} `, ","), text);
  return joined.split(/[,;\n&]/).map((part) => part.trim()).filter((part) => part !== "");
};

const chosen = (options: readonly SurveyOption[], parts: readonly string[], telling: Telling): Answer | null => {
  const found = parts.map((part) => optionOf(options, part, telling));
  const ids = found.filter((one) => one !== null).map(({ id }) => id);
  if (ids.length === parts.length && ids.length > 0) return { choices: [...new Set(ids)] };
  // What is on no list is what "other" is there for.
  const other = options.find(({ isOther }) => isOther === true);
  const rest = parts.filter((_part, index) => found[index] === null).join(", ");
  return other === undefined || /^\d*$/.test(rest) ? null : { choices: [...new Set([...ids, other.id])], text: rest.slice(0, 200) };
};

const optionOf = (options: readonly SurveyOption[], part: string, telling: Telling): SurveyOption | null => {
  const plain = plainly(part);
  const labels = options.map((option) => ({ option, label: plainly(say(option.label, telling)) }));
  const exact = labels.find(({ label }) => label === plain);
  if (exact !== undefined) return exact.option;
  if (/^\d{1,3}$/.test(plain)) return options[Number(plain) - 1] ?? null;
  // Part of a label, or more around it, as long as it can mean one only.
  const near = plain.length < 3 ? [] : labels.filter(({ label }) => label !== "" && (` ${label}`.includes(` ${plain}`) || ` ${plain} `.includes(` ${label} `)));
  return near.length === 1 ? (near[0]?.option ?? null) : null;
};

// "25.11.2026" and "25/11/2026" have the day in front, as most of the world writes; the help shows the form that cannot be mistaken.
const dayOf = (text: string): string => {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
  return year === "" ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};

const say = (text: LocalText | undefined, { language, languages, fill }: Telling): string => fill(textIn(text, language, languages)).trim();

const plainly = (text: string): string => text.toLowerCase().replace(/[.!?…"“”„]+/g, " ").replace(/\s+/g, " ").trim();
