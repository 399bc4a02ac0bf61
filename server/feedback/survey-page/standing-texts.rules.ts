/** What a person reads who comes too early, or a second time where one answer is taken. */
type StandingTexts = { laterTitle: string; laterText: string; usedTitle: string; usedText: string };

const TEXTS: Readonly<Record<string, StandingTexts>> = {
  en: {
    laterTitle: "This survey has not begun yet", laterText: "Please come back a little later.",
    usedTitle: "This survey was answered already", usedText: "This link takes one answer, and it has been given. Thank you!",
  },
  de: {
    laterTitle: "Diese Umfrage hat noch nicht begonnen", laterText: "Bitte kommen Sie etwas später wieder.",
    usedTitle: "Diese Umfrage wurde schon beantwortet", usedText: "Über diesen Link wird eine Antwort angenommen, und sie ist gegeben. Vielen Dank!",
  },
  fr: {
    laterTitle: "Cette enquête n’a pas encore commencé", laterText: "Merci de revenir un peu plus tard.",
    usedTitle: "Cette enquête a déjà reçu une réponse", usedText: "Ce lien accepte une seule réponse, et elle a été donnée. Merci !",
  },
  es: {
    laterTitle: "Esta encuesta aún no ha comenzado", laterText: "Vuelva un poco más tarde, por favor.",
    usedTitle: "Esta encuesta ya se ha respondido", usedText: "Este enlace admite una sola respuesta, y ya se ha dado. ¡Gracias!",
  },
  nl: {
    laterTitle: "Deze enquête is nog niet begonnen", laterText: "Kom later nog eens terug.",
    usedTitle: "Deze enquête is al ingevuld", usedText: "Via deze link wordt één antwoord aangenomen, en dat is gegeven. Dank u wel!",
  },
  ar: {
    laterTitle: "لم يبدأ هذا الاستبيان بعد", laterText: "يرجى العودة لاحقًا.",
    usedTitle: "تمت الإجابة عن هذا الاستبيان", usedText: "يقبل هذا الرابط إجابة واحدة، وقد أُعطيت. شكرًا لك!",
  },
};

/** @param language tag; one we have no words in falls back to English */
export function standingTextsIn(language: string): StandingTexts {
  const found = TEXTS[language.split("-")[0] ?? ""] ?? TEXTS["en"];
  if (found === undefined) throw new Error("There are no English words.");
  return found;
}
