import type { Question, SurveyDefinition } from "./definition.contract.ts";
import { warningIn } from "./definition-problems.rules.ts";
import type { DefinitionProblem } from "./definition-problems.rules.ts";

/** Longest title that reads well on a phone, in characters, and longest survey people finish, in minutes.
 *  Source of the minutes: completion falls clearly beyond about seven; of the characters: three lines at 390 px. */
export const TITLE_LENGTH_MAX = 160;
export const MINUTES_MAX = 7;
// Longer texts are looked at in part: some patterns take time by the square of the length.
const LOOKED_AT_MAX = 400;

type Pattern = { code: "double_barrelled" | "leading" | "negated"; pattern: RegExp; message: string };

const DOUBLE = "asks two things at once: somebody may agree with one and not the other. Ask them apart.";
const LEADING = "suggests an answer. Ask so that every answer is as easy to give.";
const NEGATED = "asks with a negation, which people read past. Turn it round.";

/** Wordings known to bend answers, by language; they look for the usual forms and will miss others.
 *  Source: Dillman, Smyth & Christian, "Internet, Phone, Mail, and Mixed-Mode Surveys", 2014, on the wording of questions. */
const PATTERNS: Readonly<Record<string, readonly Pattern[]>> = {
  en: [
    { code: "double_barrelled", pattern: /\b(how|were|was|is|are|did|do|please rate|rate)\b[^?.]*\b(\w{4,})\s+(and|as well as|\/)\s+(our |the |your )?(\w{4,})\b[^?.]*\?/i, message: DOUBLE },
    { code: "leading", pattern: /\b(don['’]t you|wouldn['’]t you|isn['’]t it|aren['’]t you|do you agree that|how (much|great|amazing|excellent|wonderful|fantastic) (do|did|was|is|are|were) you (love|enjoy|like)|how (great|amazing|excellent|wonderful|fantastic|awesome)\b|our (great|amazing|excellent|award-winning|world-class|friendly|wonderful)\b|obviously|of course)/i, message: LEADING },
    { code: "negated", pattern: /\b(do|did|would|was|were|is|are) (you |we |it )?(not|never)\b|\bdisagree that\b.*\bnot\b/i, message: NEGATED },
  ],
  de: [
    { code: "double_barrelled", pattern: /^(wie|waren|war|sind|ist|bitte bewerten)\b[^?.]*\b\p{L}{4,}\s+(und|sowie)\s+(unser\p{L}* |die |der |das |ihr\p{L}* )?\p{L}{4,}[^?.]*\?/iu, message: DOUBLE },
    { code: "leading", pattern: /\b(finden sie nicht auch|stimmen sie zu, dass|natürlich|unser\p{L}* (großartig|hervorragend|ausgezeichnet|freundlich)\p{L}*)/iu, message: LEADING },
  ],
  fr: [
    { code: "double_barrelled", pattern: /^(comment|dans quelle mesure|êtes-vous|était|étaient)\b[^?.]*\b\p{L}{4,}\s+et\s+(de |du |des |la |le |les |notre |nos )?\p{L}{4,}[^?.]*\?/iu, message: DOUBLE },
    { code: "leading", pattern: /(ne trouvez-vous pas|êtes-vous d[’']accord que|bien sûr|notre excellent)/iu, message: LEADING },
  ],
  es: [
    { code: "double_barrelled", pattern: /^¿?(cómo|qué tan|está|fue|fueron)\b[^?.]*\b\p{L}{4,}\s+y\s+(de |del |la |el |los |las |nuestr\p{L}+ )?\p{L}{4,}[^?.]*\?/iu, message: DOUBLE },
    { code: "leading", pattern: /(no cree que|no le parece|está de acuerdo en que|por supuesto|nuestr[oa]s? excelente)/iu, message: LEADING },
  ],
  nl: [
    { code: "double_barrelled", pattern: /^(hoe|was|waren|is|zijn|bent)\b[^?.]*\b\p{L}{4,}\s+en\s+(onze |de |het |uw )?\p{L}{4,}[^?.]*\?/iu, message: DOUBLE },
    { code: "leading", pattern: /(vindt u niet|bent u het ermee eens dat|natuurlijk|onze geweldige)/iu, message: LEADING },
  ],
};

// The agreed wordings of the scores join two words and are sound all the same.
const AGREED = /recommend .* (friend|colleague|family)|weiterempfehlen|recommand|recomiend|recomendar|aanbevelen/i;

/** Wordings of one question that may bend its answers; each is a warning, for a person to judge. */
export function checkWording(definition: SurveyDefinition, question: Question): DefinitionProblem[] {
  return definition.languages.flatMap((language) => {
    const title = Object.hasOwn(question.title, language) ? (question.title[language] ?? "") : "";
    const start = title.slice(0, LOOKED_AT_MAX);
    const problems = AGREED.test(start) ? [] : (PATTERNS[language.split("-")[0] ?? language] ?? []).filter(({ pattern }) => pattern.test(start))
      .map(({ code, message }) => warningIn(code, question.id, `"${shortened(title)}" ${message}`));
    if (title.length > TITLE_LENGTH_MAX) problems.push(warningIn("title_long", question.id, `"${shortened(title)}" is ${title.length} characters long. Most people read about ${TITLE_LENGTH_MAX}.`));
    return problems;
  });
}

/** How long a survey takes when every question is answered, in minutes, unrounded.
 *  Source: reading at 4 words a second; time to answer by kind as commonly planned with (a score 5 s, a choice 8 s, a line of a table 6 s, writing 25 s). */
export function minutesToAnswer(definition: SurveyDefinition): number {
  const [language = "en"] = definition.languages;
  const words = (text: string | undefined): number => (text ?? "").split(/\s+/u).filter((word) => word !== "").length;
  const seconds = definition.questions.map((question) => {
    const read = words(question.title[language]) + words(question.hint?.[language]) + ("options" in question ? question.options.reduce((sum, { label }) => sum + words(label[language]), 0) : 0);
    // A question only some people see counts half.
    return (read / 4 + answeringSeconds(question)) * ((question.showIf ?? []).length > 0 ? 0.5 : 1);
  });
  return (words(definition.intro?.[language]) / 4 + seconds.reduce((sum, one) => sum + one, 0)) / 60;
}

function answeringSeconds(question: Question): number {
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
    case "consent":
      return 5;
    case "single":
    case "dropdown":
    case "picture":
    case "slider":
    case "number":
    case "date":
      return 8;
    case "multi":
      return 12;
    case "ranking":
    case "constant_sum":
      return 6 * question.options.length;
    case "matrix":
      return 6 * question.rows.length;
    case "text":
      return question.isLong === false ? 12 : 25;
    case "email":
    case "phone":
      return 12;
    case "contact":
      return 7 * question.fields.length;
    case "file":
      return 30;
    case "statement":
      return 0;
  }
}

export function checkLength(definition: SurveyDefinition): DefinitionProblem[] {
  const minutes = minutesToAnswer(definition);
  return minutes <= MINUTES_MAX ? [] : [warningIn("survey_long", null, `The survey takes about ${Math.round(minutes)} minutes. Many people stop after ${MINUTES_MAX}.`)];
}

const shortened = (title: string): string => (title.length > 60 ? `${title.slice(0, 57)}…` : title);
