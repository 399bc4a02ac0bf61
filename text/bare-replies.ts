// Replies that say nothing by themselves: "Nothing" is praise where somebody asked what to do better, and blame where they asked what was good.

const BARE = new Set([
  "no", "nope", "none", "no thanks", "no thank you", "not really", "not a lot", "not much", "nothing", "nothing much", "nothing really", "nothing at all", "absolutely nothing", "nothing to add", "nothing else", "nothing comes to mind",
  "yes", "yep", "yeah", "maybe", "perhaps", "a lot", "a bit", "a little", "some", "many", "anything", "something", "other", "same", "same as above", "see above", "as above",
  "na", "n a", "nil", "nill", "not applicable", "no comment", "no comments", "no answer", "no idea", "no suggestions", "no opinion", "dont know", "i dont know", "dunno", "idk", "not sure", "unsure", "cant say", "cant think of anything", "cant remember", "test", "testing", "asdf", "x", "xx", "xxx",
  "nein", "ja", "nichts", "gar nichts", "keine", "weiß nicht", "keine ahnung", "kein kommentar", "non", "oui", "rien", "aucun", "je ne sais pas", "sí", "si", "nada", "ninguno", "no sé", "niente", "nessuno", "non so", "não", "sim", "nenhum", "não sei", "nee", "niets", "geen", "weet ik niet",
]);
const BARE_MAX = 40;

/** Whether a text is such a reply and nothing more, however it is written. What was asked decides what it means, and the text does not say. */
export const isBareReply = (text: string): boolean => text.length <= BARE_MAX && isPlain.test(text) && BARE.has(text.toLowerCase().replaceAll(/['’]/g, "").replaceAll(/[^\p{L}]+/gu, " ").trim());

/** A face, drawn or written, says how it is meant. */
const isPlain = /^[\p{L}\s.,;!?'’"/-]+$/u;
