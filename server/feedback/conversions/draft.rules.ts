import type { Calculation, Ending, LocalText, Question, Quota, SurveyOption } from "../surveys/definition.contract.ts";
import type { FidelityLine, Outcome, SourceElement, SurveyFormat } from "./conversions.contract.ts";
import { TEXT_MAX, cutText, losesMarks, plainText } from "./plain-text.rules.ts";

/** What a name of the source became, so that its logic and its texts can refer to it. */
export type Place =
  | { kind: "question"; questionId: string; row?: string }
  /** One option of a question that takes several: LimeSurvey and XLSForm can ask for it by a name of its own. */
  | { kind: "option"; questionId: string; optionId: string }
  | { kind: "calculation"; calculationId: string }
  | { kind: "trait"; trait: string };

/** The words of one source in several languages, as they stand there. */
export type SourceText = readonly (readonly [language: string, text: string])[];

/** A survey being put together, and what is to be told of it. Converters fill it; `settle.rules.ts` makes a definition of it. */
export type Draft = {
  format: SurveyFormat;
  name: string;
  /** The first is the main one. */
  languages: string[];
  title: LocalText;
  intro: LocalText | null;
  questions: Question[];
  calculations: Calculation[];
  endings: Ending[];
  quotas: Quota[];
  shuffle: string[][];
  thanks: { title: LocalText; text?: LocalText; redirectUrl?: string };
  accent: string | null;
  lines: FidelityLine[];
  ids: Set<string>;
  /** By the name in the source; names of LimeSurvey and XLSForm differ by case. */
  places: Map<string, Place>;
  /** Option of a question by what the source calls it: code, recoded value, label. Keyed `questionId`, then key. */
  options: Map<string, Map<string, string>>;
  rows: Map<string, Map<string, string>>;
  /** Lines of the report about the columns of a question's table, in case they become something else. */
  columnLines: Map<string, FidelityLine[]>;
  /** Replaces the source's placeholders. Gives `null` for one that names nothing that is asked. */
  pipe: (text: string, put: (name: string) => string) => string;
};

const OPEN = "\uE000";
const CLOSE = "\uE001";

export function startDraft(format: SurveyFormat, name: string, languages: readonly string[]): Draft {
  const words = plainText(name);
  const [main = "en"] = languages;
  return {
    format, name: words === "" ? "Imported survey" : cutText(words, 120), languages: languages.length === 0 ? ["en"] : [...languages],
    title: { [main]: words === "" ? "Imported survey" : cutText(words, TEXT_MAX) }, intro: null,
    questions: [], calculations: [], endings: [], quotas: [], shuffle: [], thanks: { title: thanksIn(languages) }, accent: null,
    lines: [], ids: new Set(["end", "trait", "thanks", "sum", "mean", "min", "max", "count", "round", "if"]), places: new Map(), options: new Map(), rows: new Map(), columnLines: new Map(),
    pipe: (text) => text,
  };
}

/** Notes what became of one element of the source. */
export function say(draft: Draft, element: SourceElement, source: string, outcome: Outcome, note: string | null = null, questionId: string | null = null): void {
  draft.lines.push({ element, source: cutText(plainText(source), 200), outcome, note: note === null ? null : cutText(note, 1_000), questionId });
}

/** Notes an element that was kept: mapped when there is nothing to remark, else approximated. */
export function sayKept(draft: Draft, element: SourceElement, source: string, remarks: readonly string[], questionId: string | null = null): void {
  say(draft, element, source, remarks.length === 0 ? "mapped" : "approximated", remarks.length === 0 ? null : remarks.join(" "), questionId);
}

/** What is looked at of a wanted name, of which 34 characters stay. */
const WANTED_MAX = 500;

/** A free id like the wanted one: letters, digits and underscores, at most 40. */
export function claimId(draft: Draft, wanted: string): string {
  const bare = wanted.slice(0, WANTED_MAX).normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9_]+/g, "_").replaceAll(/^_+|_+$/g, "").slice(0, 34);
  const base = /^[a-z]/.test(bare) ? bare : bare === "" ? "q" : `q${bare}`;
  return free(base, draft.ids);
}

/** A free id of an option within its question. */
export function claimOptionId(taken: Set<string>, wanted: string): string {
  const bare = wanted.slice(0, WANTED_MAX).normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "_").replaceAll(/^[_-]+|[_-]+$/g, "").slice(0, 34);
  return free(bare === "" ? `o${taken.size + 1}` : wanted.startsWith("-") && /^\d/.test(bare) ? `minus${bare}` : bare, taken);
}

function free(base: string, taken: Set<string>): string {
  let id = base;
  // After some tries the number of all names is taken, so that a file full of one name is not counted through for each.
  for (let count = 2; taken.has(id); count = count === 50 ? Math.max(51, taken.size) : count + 1) id = `${base}_${count}`;
  taken.add(id);
  return id;
}

/** A text of the survey: plain words in each language, placeholders of the source turned into ours.
 *  @returns no language without words */
export function textFrom(draft: Draft, source: string, texts: SourceText): LocalText {
  const made: LocalText = {};
  const kept = draft.languages;
  for (const [language, raw] of texts) {
    if (!kept.includes(language) || raw.trim() === "") continue;
    const words = withPlaceholders(draft, source, plainText(raw));
    if (words === "") continue;
    if (losesMarks(raw) && !(made[language] ?? "").includes(words)) say(draft, "message", source, "approximated", `Pictures, links or tables in the text are left out${language === kept[0] ? "" : ` (${language})`}.`);
    if (words.length > TEXT_MAX) say(draft, "message", source, "approximated", `The text (${language}) has ${words.length} characters and is cut to ${TEXT_MAX}.`);
    made[language] = cutText(words, TEXT_MAX);
  }
  return made;
}

/** The text, or when the main language has none, the first words there are, else the stand-in.
 *  @returns what had to be done as a remark, null when nothing */
export function textOrStandIn(draft: Draft, source: string, texts: SourceText, standIn: string): { text: LocalText; remark: string | null } {
  const text = textFrom(draft, source, texts);
  const main = draft.languages[0] ?? "en";
  if (text[main] !== undefined) return { text, remark: null };
  const [other] = Object.entries(text);
  if (other !== undefined) return { text: { ...text, [main]: other[1] }, remark: `It has no words in ${main}; those in ${other[0]} stand there too.` };
  const words = plainText(standIn);
  return { text: { [main]: words === "" ? "…" : cutText(words, TEXT_MAX) }, remark: "It has no words in the source; its name stands there instead." };
}

// Private-use signs stand for our braces while the source's own double braces are taken apart: its texts cannot ask for a customer's data.
function withPlaceholders(draft: Draft, source: string, text: string): string {
  const clean = text.replaceAll(OPEN, "").replaceAll(CLOSE, "");
  const filled = draft.pipe(clean, (name) => {
    const place = draft.places.get(name);
    if (place === undefined) {
      say(draft, "piping", `${source}: ${name}`, "dropped", "The text refers to something that is not asked here; the place is left empty.");
      return "";
    }
    if ("questionId" in place && !draft.questions.some((question) => question.id === place.questionId)) {
      say(draft, "piping", `${source}: ${name}`, "dropped", "The text refers to something that is asked later or was left out; the place is left empty.");
      return "";
    }
    say(draft, "piping", `${source}: ${name}`, "mapped", null, "questionId" in place ? place.questionId : null);
    return `${OPEN}${nameOfPlace(place)}${CLOSE}`;
  });
  return filled.replaceAll("{{", "{ {").replaceAll("}}", "} }").replaceAll(OPEN, "{{").replaceAll(CLOSE, "}}").replaceAll(/ {2,}/g, " ").trim();
}

function nameOfPlace(place: Place): string {
  if (place.kind === "trait") return `trait.${place.trait}|`;
  return place.kind === "calculation" ? `calculation.${place.calculationId}` : place.questionId;
}

/** The name of a trait for a field of the source. */
export function traitNamed(name: string): string {
  const bare = name.trim().replaceAll(/[{}|\p{Cc}\p{Cs}]+/gu, "_").slice(0, 80);
  const known: Readonly<Record<string, string>> = {
    firstname: "first_name", lastname: "last_name", email: "email", recipientfirstname: "first_name", recipientlastname: "last_name", recipientemail: "email", phonenumber: "phone",
  };
  const key = bare.toLowerCase().replaceAll(/[^a-z]/g, "");
  return Object.hasOwn(known, key) ? (known[key] ?? bare) : bare === "" ? "unknown" : bare;
}

/** One option of the source. `keys` are all the names logic and answers may call it by. */
export type SourceOption = {
  name: string; wanted: string; keys: readonly string[]; texts: SourceText; isOther?: boolean; isNone?: boolean; score?: number | null; remarks?: readonly string[];
};

const OPTIONS_READ_MAX = 10_000;

/** Options of a question, each noted; texts missing get their code.
 *  @param into `rows` for the rows of a matrix @param isNoted false when the same options of the source were noted before */
export function optionsFrom(draft: Draft, questionId: string, given: readonly SourceOption[], into: "options" | "rows" = "options", isNoted = true): SurveyOption[] {
  const linesBefore = draft.lines.length;
  if (given.length > OPTIONS_READ_MAX) say(draft, "option", `${questionId}: ${given.length} options`, "dropped", `Only the first ${OPTIONS_READ_MAX} are looked at.`, questionId);
  const taken = new Set<string>();
  const index = new Map<string, string>();
  const made = given.slice(0, OPTIONS_READ_MAX).map((one): SurveyOption => {
    const id = claimOptionId(taken, one.wanted);
    const { text, remark } = textOrStandIn(draft, one.name, one.texts, one.wanted);
    for (const key of one.keys) if (!index.has(key)) index.set(key, id);
    if (isNoted) sayKept(draft, "option", one.name, [...(remark === null ? [] : [remark]), ...(one.remarks ?? [])], questionId);
    return {
      id, label: text, ...(one.isOther === true ? { isOther: true } : {}), ...(one.isNone === true ? { isNone: true } : {}),
      ...(one.score === undefined || one.score === null || Math.abs(one.score) > 1e6 ? {} : { score: one.score }),
    };
  });
  // Labels come after all codes: the label of one option may be the code of another.
  for (const option of made) for (const label of Object.values(option.label)) if (!index.has(label)) index.set(label, option.id);
  draft[into].set(questionId, index);
  if (into === "options") draft.columnLines.set(questionId, draft.lines.slice(linesBefore).filter((line) => line.element === "option"));
  return made;
}

/** An address we may lead people to; null for another scheme than https. */
export function redirectFrom(given: string): string | null {
  const text = given.trim();
  if (text.length > 500 || !URL.canParse(text)) return null;
  const address = new URL(text);
  return address.protocol === "https:" && address.hostname !== "" ? text : null;
}

const THANKS: Readonly<Record<string, string>> = {
  en: "Thank you!", de: "Vielen Dank!", fr: "Merci !", es: "¡Gracias!", it: "Grazie!", pt: "Obrigado!", nl: "Bedankt!", ar: "شكرًا لك!", he: "תודה!", fa: "سپاسگزاریم!", ur: "شکریہ!",
  ru: "Спасибо!", uk: "Дякуємо!", pl: "Dziękujemy!", tr: "Teşekkürler!", zh: "谢谢！", ja: "ありがとうございます！", ko: "감사합니다!", sv: "Tack!", no: "Takk!", da: "Tak!", fi: "Kiitos!", et: "Aitäh!", cs: "Děkujeme!", el: "Ευχαριστούμε!", hu: "Köszönjük!", ro: "Vă mulțumim!",
};
const YES_NO: Readonly<Record<string, readonly [string, string]>> = {
  en: ["Yes", "No"], de: ["Ja", "Nein"], fr: ["Oui", "Non"], es: ["Sí", "No"], it: ["Sì", "No"], pt: ["Sim", "Não"], nl: ["Ja", "Nee"], ar: ["نعم", "لا"], he: ["כן", "לא"], fa: ["بله", "خیر"], ru: ["Да", "Нет"],
  uk: ["Так", "Ні"], pl: ["Tak", "Nie"], tr: ["Evet", "Hayır"], zh: ["是", "否"], ja: ["はい", "いいえ"], ko: ["예", "아니요"], sv: ["Ja", "Nej"], no: ["Ja", "Nei"], da: ["Ja", "Nej"], fi: ["Kyllä", "Ei"], et: ["Jah", "Ei"], cs: ["Ano", "Ne"],
};

const baseOf = (language: string): string => language.split("-")[0] ?? language;

function thanksIn(languages: readonly string[]): LocalText {
  const [main = "en"] = languages;
  const known = languages.flatMap((language) => (Object.hasOwn(THANKS, baseOf(language)) ? [[language, THANKS[baseOf(language)] ?? ""] as const] : []));
  return { [main]: "Thank you!", ...Object.fromEntries(known) };
}

/** "Yes" and "No" in the languages of the survey that are known. */
export function yesNoTexts(draft: Draft, which: "yes" | "no"): SourceText {
  const known = draft.languages.filter((language) => Object.hasOwn(YES_NO, baseOf(language)));
  const words = (language: string): string => YES_NO[baseOf(language)]?.[which === "yes" ? 0 : 1] ?? "";
  const [main = "en"] = draft.languages;
  return known.includes(main) ? known.map((language) => [language, words(language)] as const) : [[main, which === "yes" ? "Yes" : "No"], ...known.map((language) => [language, words(language)] as const)];
}
