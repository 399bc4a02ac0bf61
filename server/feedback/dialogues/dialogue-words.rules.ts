/** What surrounds the questions of a survey in a chat and on the phone, by language; English where a language is not here. */
export type DialogueWords = {
  scale: string; choose: string; chooseSeveral: string; number: string; date: string; yesNo: string; skipChat: string; skipPhone: string;
  again: string; stopped: string; givenUp: string; yes: readonly string[]; no: readonly string[]; skip: readonly string[]; stop: readonly string[];
  and: readonly string[]; numbers: readonly string[];
};

const en: DialogueWords = {
  scale: "Please reply with a number from {min} to {max}.", choose: "Please choose one.", chooseSeveral: "You may choose several.", number: "Please reply with a number.",
  date: "Please reply with a date such as 2026-11-25.", yesNo: "Please reply with yes or no.", skipChat: "Write “skip” to pass over.", skipPhone: "Press star to pass over.",
  again: "Sorry, that was not understood.", stopped: "All right, we stop here. Thank you.", givenUp: "Let us leave it at that. Thank you for your time.",
  yes: ["yes", "y", "yep", "yeah", "ok", "okay", "sure", "agree"], no: ["no", "n", "nope", "disagree"], skip: ["skip", "pass", "next"], stop: ["stop", "end", "quit", "cancel", "unsubscribe"],
  and: ["and"], numbers: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
};
const de: DialogueWords = {
  scale: "Bitte antworten Sie mit einer Zahl von {min} bis {max}.", choose: "Bitte wählen Sie eines aus.", chooseSeveral: "Sie können mehrere auswählen.", number: "Bitte antworten Sie mit einer Zahl.",
  date: "Bitte antworten Sie mit einem Datum wie 2026-11-25.", yesNo: "Bitte antworten Sie mit Ja oder Nein.", skipChat: "Schreiben Sie „weiter“, um die Frage auszulassen.", skipPhone: "Drücken Sie die Sterntaste, um die Frage auszulassen.",
  again: "Das wurde leider nicht verstanden.", stopped: "Gut, wir hören hier auf. Vielen Dank.", givenUp: "Belassen wir es dabei. Vielen Dank für Ihre Zeit.",
  yes: ["ja", "jo", "gerne", "klar"], no: ["nein", "nee"], skip: ["weiter", "überspringen", "auslassen"], stop: ["stopp", "stop", "ende", "abbrechen"],
  and: ["und"], numbers: ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"],
};
const fr: DialogueWords = {
  scale: "Répondez par un nombre de {min} à {max}.", choose: "Choisissez une réponse.", chooseSeveral: "Plusieurs réponses sont possibles.", number: "Répondez par un nombre.",
  date: "Répondez par une date, par exemple 2026-11-25.", yesNo: "Répondez par oui ou non.", skipChat: "Écrivez « passer » pour ne pas répondre.", skipPhone: "Tapez étoile pour ne pas répondre.",
  again: "Désolé, cela n’a pas été compris.", stopped: "Très bien, nous nous arrêtons là. Merci.", givenUp: "Restons-en là. Merci de votre temps.",
  yes: ["oui", "ouais", "d'accord"], no: ["non"], skip: ["passer", "suivant"], stop: ["stop", "arrêter", "fin", "arrêt"],
  and: ["et"], numbers: ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
};
const es: DialogueWords = {
  scale: "Responda con un número del {min} al {max}.", choose: "Elija una opción.", chooseSeveral: "Puede elegir varias.", number: "Responda con un número.",
  date: "Responda con una fecha, por ejemplo 2026-11-25.", yesNo: "Responda sí o no.", skipChat: "Escriba «omitir» para no responder.", skipPhone: "Pulse asterisco para no responder.",
  again: "Perdón, no se ha entendido.", stopped: "De acuerdo, lo dejamos aquí. Gracias.", givenUp: "Dejémoslo aquí. Gracias por su tiempo.",
  yes: ["sí", "si", "claro", "vale"], no: ["no"], skip: ["omitir", "siguiente", "saltar"], stop: ["parar", "stop", "fin", "terminar"],
  and: ["y"], numbers: ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
};
const nl: DialogueWords = {
  scale: "Antwoord met een getal van {min} tot {max}.", choose: "Kies er een.", chooseSeveral: "U kunt er meer kiezen.", number: "Antwoord met een getal.",
  date: "Antwoord met een datum zoals 2026-11-25.", yesNo: "Antwoord met ja of nee.", skipChat: "Schrijf ‘overslaan’ om niet te antwoorden.", skipPhone: "Druk op sterretje om niet te antwoorden.",
  again: "Sorry, dat is niet begrepen.", stopped: "Goed, we stoppen hier. Dank u wel.", givenUp: "Laten we het hierbij laten. Dank u voor uw tijd.",
  yes: ["ja", "jawel", "graag"], no: ["nee"], skip: ["overslaan", "volgende"], stop: ["stop", "stoppen", "einde"],
  and: ["en"], numbers: ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"],
};
const ar: DialogueWords = {
  scale: "أجب برقم من {min} إلى {max}.", choose: "اختر واحدًا.", chooseSeveral: "يمكنك اختيار أكثر من واحد.", number: "أجب برقم.",
  date: "أجب بتاريخ مثل 2026-11-25.", yesNo: "أجب بنعم أو لا.", skipChat: "اكتب «تخطي» لتجاوز السؤال.", skipPhone: "اضغط النجمة لتجاوز السؤال.",
  again: "عذرًا، لم نفهم ذلك.", stopped: "حسنًا، نتوقف هنا. شكرًا لك.", givenUp: "لنكتفِ بهذا. شكرًا على وقتك.",
  yes: ["نعم", "أجل"], no: ["لا", "كلا"], skip: ["تخطي", "التالي"], stop: ["توقف", "إنهاء"],
  and: ["و"], numbers: ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"],
};

const WORDS: Readonly<Record<string, DialogueWords>> = { en, de, fr, es, nl, ar };

export const dialogueWordsIn = (language: string): DialogueWords => {
  const base = language.split("-")[0] ?? "en";
  return (Object.hasOwn(WORDS, base) ? WORDS[base] : undefined) ?? en;
};
