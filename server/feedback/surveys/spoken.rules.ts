import { scaleOf } from "./answers.rules.ts";
import type { Answer, LocalText, Question, SurveyOption } from "./definition.contract.ts";
import { textIn } from "./local-text.rules.ts";

/** How a question is asked by voice: what is said, and how keys of a phone answer it. */
export type SpokenQuestion = {
  say: string;
  /** `keys`: one or more digits then #; `voice`: recorded words; `none`: nothing to answer; `unfit`: cannot be asked by voice. */
  input: "keys" | "voice" | "none" | "unfit";
  digitsMax: number;
};

/** Words around a question, by language; English where a language is not here. */
const PHRASES: Readonly<Record<string, { scale: string; press: string; several: string; hash: string; yesNo: string; speak: string }>> = {
  en: { scale: "Press a number from {min} to {max}.", press: "For {label}, press {key}.", several: "You may press several, one after another.", hash: "Then press the hash key.", yesNo: "For yes, press 1. For no, press 2.", speak: "Please speak after the tone, and press the hash key when you are done." },
  de: { scale: "Drücken Sie eine Zahl von {min} bis {max}.", press: "Für {label} drücken Sie {key}.", several: "Sie können mehrere nacheinander drücken.", hash: "Danach die Raute-Taste.", yesNo: "Für Ja drücken Sie 1. Für Nein drücken Sie 2.", speak: "Bitte sprechen Sie nach dem Ton und drücken Sie danach die Raute-Taste." },
  fr: { scale: "Tapez un chiffre de {min} à {max}.", press: "Pour {label}, tapez {key}.", several: "Vous pouvez en taper plusieurs, l’un après l’autre.", hash: "Puis tapez dièse.", yesNo: "Pour oui, tapez 1. Pour non, tapez 2.", speak: "Parlez après le signal, puis tapez dièse." },
  es: { scale: "Pulse un número del {min} al {max}.", press: "Para {label}, pulse {key}.", several: "Puede pulsar varios, uno tras otro.", hash: "Después pulse la tecla almohadilla.", yesNo: "Para sí, pulse 1. Para no, pulse 2.", speak: "Hable después de la señal y pulse almohadilla al terminar." },
  nl: { scale: "Druk op een cijfer van {min} tot {max}.", press: "Voor {label}, druk op {key}.", several: "U kunt er meer achter elkaar indrukken.", hash: "Druk daarna op het hekje.", yesNo: "Voor ja, druk op 1. Voor nee, druk op 2.", speak: "Spreek na de toon en druk op het hekje als u klaar bent." },
  ar: { scale: "اضغط رقمًا من {min} إلى {max}.", press: "من أجل {label} اضغط {key}.", several: "يمكنك الضغط على أكثر من رقم تباعًا.", hash: "ثم اضغط مفتاح الشباك.", yesNo: "لنعم اضغط 1. للا اضغط 2.", speak: "تحدث بعد الصافرة ثم اضغط مفتاح الشباك." },
};

/** A phone has nine keys to choose with; longer lists cannot be remembered anyway. Source: ITU-T E.161 for the keys. */
const SPOKEN_OPTIONS_MAX = 9;

/** A question as a voice asks it.
 *  @param fill fills places such as `{{nps}}` in a text of this language
 *  @returns `unfit` for kinds that need eyes or hands: tables, pictures, files, points to share out */
export function spokenQuestion(question: Question, language: string, languages: readonly string[], fill: (text: string) => string = (text) => text): SpokenQuestion {
  const phrases = PHRASES[language.split("-")[0] ?? language] ?? PHRASES["en"];
  const tell = (text: LocalText | undefined): string => fill(textIn(text, language, languages));
  const title = tell(question.spoken) || tell(question.title);
  const say = (...parts: string[]): string => [title, ...parts].filter((part) => part !== "").join(" ");
  if (phrases === undefined) return { say: title, input: "unfit", digitsMax: 0 };
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      return { say: say(phrases.scale.replace("{min}", String(min)).replace("{max}", String(max)), max > 9 ? phrases.hash : ""), input: "keys", digitsMax: max > 9 ? 2 : 1 };
    }
    case "slider":
    case "number":
      return { say: say(phrases.hash), input: "keys", digitsMax: 12 };
    case "single":
    case "dropdown":
    case "multi": {
      if (question.options.length > SPOKEN_OPTIONS_MAX) return { say: title, input: "unfit", digitsMax: 0 };
      const choices = question.options.map(({ label }, index) => phrases.press.replace("{key}", String(index + 1)).replace("{label}", () => tell(label)));
      const isMulti = question.type === "multi";
      return { say: say(...choices, isMulti ? `${phrases.several} ${phrases.hash}` : ""), input: "keys", digitsMax: isMulti ? question.options.length : 1 };
    }
    case "consent":
      return { say: say(tell(question.statement), phrases.yesNo), input: "keys", digitsMax: 1 };
    case "text":
      return { say: say(phrases.speak), input: "voice", digitsMax: 0 };
    case "phone":
      return { say: say(phrases.hash), input: "keys", digitsMax: 15 };
    case "statement":
      return { say: say(tell(question.hint)), input: "none", digitsMax: 0 };
    case "ranking":
    case "matrix":
    case "constant_sum":
    case "picture":
    case "date":
    case "email":
    case "contact":
    case "file":
      return { say: title, input: "unfit", digitsMax: 0 };
  }
}

/** What pressed keys answer.
 *  @param keys digits as pressed, without the hash
 *  @returns null when they answer nothing: the question is asked again */
export function answerOfKeys(question: Question, keys: string): Answer | null {
  if (!/^\d{1,15}$/.test(keys)) return null;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      const number = Number(keys);
      return number >= min && number <= max ? { number } : null;
    }
    case "slider":
      return Number(keys) >= question.min && Number(keys) <= question.max ? { number: Number(keys) } : null;
    case "number":
      return { number: Number(keys) };
    case "single":
    case "dropdown":
      return chosenBy(question.options, keys.slice(-1));
    case "multi":
      return chosenBy(question.options, keys);
    case "consent":
      return keys === "1" ? { choices: ["yes"] } : keys === "2" ? { choices: ["no"] } : null;
    case "phone":
      return { text: keys };
    case "text":
    case "statement":
    case "ranking":
    case "matrix":
    case "constant_sum":
    case "picture":
    case "date":
    case "email":
    case "contact":
    case "file":
      return null;
  }
}

function chosenBy(options: readonly SurveyOption[], keys: string): Answer | null {
  const chosen = [...new Set(keys)].map((key) => options[Number(key) - 1]?.id);
  const ids = chosen.filter((id) => id !== undefined);
  return ids.length === 0 || ids.length < chosen.length ? null : { choices: ids };
}
