// Replies that say nothing by themselves: "Nothing" is praise where somebody asked what to do better, and blame where they asked what was good.
import type { Asked } from "./asked.ts";
import type { Sentiment } from "./reading.ts";

/** That there is none of what was asked for. */
const NONE = new Set([
  "no", "nope", "none", "no thanks", "no thank you", "not really", "not a lot", "not much", "nothing", "nothing much", "nothing really", "nothing at all", "absolutely nothing", "nothing to add", "nothing else", "nothing comes to mind", "nil", "nill",
  "no suggestions", "cant think of anything", "nein", "nichts", "gar nichts", "keine", "non", "rien", "aucun", "nada", "ninguno", "niente", "nessuno", "não", "nenhum", "nee", "niets", "geen",
]);
/** That there is plenty of it. */
const PLENTY = new Set(["a lot", "many"]);
/** The same; by themselves they are read by their words. */
const ALL = new Set(["lots", "everything", "absolutely everything", "all of it", "alles", "tout", "todo", "tutto", "tudo"]);
/** Neither, whatever was asked. */
const OTHERS = new Set([
  "yes", "yep", "yeah", "maybe", "perhaps", "a bit", "a little", "some", "anything", "something", "other", "same", "same as above", "see above", "as above",
  "na", "n a", "not applicable", "no comment", "no comments", "no answer", "no idea", "no opinion", "dont know", "i dont know", "dunno", "idk", "not sure", "unsure", "cant say", "cant remember", "test", "testing", "asdf", "x", "xx", "xxx",
  "ja", "weiß nicht", "keine ahnung", "kein kommentar", "oui", "je ne sais pas", "sí", "si", "no sé", "non so", "sim", "não sei", "weet ik niet",
]);
const BARE_MAX = 40;

/** Whether a text is such a reply and nothing more, however it is written. What was asked decides what it means, and the text does not say. */
export const isBareReply = (text: string): boolean => {
  const words = wordsOf(text);
  return words !== null && (NONE.has(words) || PLENTY.has(words) || OTHERS.has(words));
};

/** What such a reply means to a question; null where it means neither, or is none. */
export const bareFeeling = (text: string, asked: Asked): Extract<Sentiment, "pos" | "neg"> | null => {
  const words = wordsOf(text);
  if (words === null) return null;
  const hasAny = PLENTY.has(words) || ALL.has(words);
  if (!hasAny && !NONE.has(words)) return null;
  return hasAny === (asked === "praise") ? "pos" : "neg";
};

/** Whether an answer begins with saying that there is none of what was asked for, and goes on: "Nothing, all was fine". */
export const beginsWithNone = (text: string): boolean => BEGINNING.test(text);

// "Nothing works" and "None of the staff" say something else.
const BEGINNING = /^[^\p{L}]*(?:absolutely nothing|nothing(?! (?:was|is|were|are|works?|worked|gets?|got|has|had|ever|but|happen))|none(?! of)|no complaints?|not a thing|not a lot|not much|very little|nichts|rien|nada|niente|niets)(?!\p{L})/iu;

const wordsOf = (text: string): string | null => (text.length <= BARE_MAX && isPlain.test(text) ? text.toLowerCase().replaceAll(/['’]/g, "").replaceAll(/[^\p{L}]+/gu, " ").trim() : null);

/** A face, drawn or written, says how it is meant. */
const isPlain = /^[\p{L}\s.,;!?'’"/-]+$/u;
