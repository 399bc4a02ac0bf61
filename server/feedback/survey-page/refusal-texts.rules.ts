/** What a person reads when answers, a file or a page cannot be taken. */
type RefusalTexts = {
  onceText: string; fullTitle: string; fullText: string;
  fileKind: string; fileLarge: string; fileDamaged: string; fileEmpty: string; fileMany: string; fileGone: string;
  busyTitle: string; busyText: string; longTitle: string; longText: string; faultTitle: string; faultText: string; againText: string;
};

const TEXTS: Readonly<Record<string, RefusalTexts>> = {
  en: {
    onceText: "It takes one answer of each person, and yours has been given. Thank you!",
    fullTitle: "There are enough answers already", fullText: "While you were answering, the last place was taken, so your answers are not counted. Thank you for your time!",
    fileKind: "This kind of file is not taken here. Please choose another one.", fileLarge: "The file is too large. Please choose a smaller one.", fileDamaged: "The picture is damaged. Please choose another one.",
    fileEmpty: "The file is empty. Please choose another one.", fileMany: "Too many files were tried here. No more can be sent.", fileGone: "The survey has changed meanwhile. Please load the page again.",
    busyTitle: "Too many at once", busyText: "Please wait a minute, go back and send again.",
    longTitle: "That is too much text", longText: "Nothing was saved. Please go back, shorten what you wrote and send again.",
    faultTitle: "That did not work", faultText: "Nothing was saved. Please go back and send again in a moment.", againText: "Please open the survey again.",
  },
  de: {
    onceText: "Von jeder Person wird eine Antwort angenommen, und Ihre ist gegeben. Vielen Dank!",
    fullTitle: "Es gibt schon genug Antworten", fullText: "Während Sie geantwortet haben, wurde der letzte Platz vergeben; Ihre Antworten zählen daher nicht mit. Vielen Dank für Ihre Zeit!",
    fileKind: "Diese Art von Datei wird hier nicht angenommen. Bitte wählen Sie eine andere.", fileLarge: "Die Datei ist zu groß. Bitte wählen Sie eine kleinere.", fileDamaged: "Das Bild ist beschädigt. Bitte wählen Sie ein anderes.",
    fileEmpty: "Die Datei ist leer. Bitte wählen Sie eine andere.", fileMany: "Hier wurden zu viele Dateien versucht. Es wird keine mehr angenommen.", fileGone: "Die Umfrage hat sich inzwischen geändert. Bitte laden Sie die Seite neu.",
    busyTitle: "Zu viele auf einmal", busyText: "Bitte warten Sie eine Minute, gehen Sie zurück und senden Sie noch einmal.",
    longTitle: "Das ist zu viel Text", longText: "Es wurde nichts gespeichert. Bitte gehen Sie zurück, kürzen Sie und senden Sie noch einmal.",
    faultTitle: "Das hat nicht geklappt", faultText: "Es wurde nichts gespeichert. Bitte gehen Sie zurück und senden Sie gleich noch einmal.", againText: "Bitte öffnen Sie die Umfrage noch einmal.",
  },
  fr: {
    onceText: "Une seule réponse est acceptée par personne, et la vôtre a été donnée. Merci !",
    fullTitle: "Il y a déjà assez de réponses", fullText: "Pendant que vous répondiez, la dernière place a été prise : vos réponses ne sont pas comptées. Merci pour votre temps !",
    fileKind: "Ce type de fichier n’est pas accepté ici. Choisissez-en un autre.", fileLarge: "Le fichier est trop volumineux. Choisissez-en un plus petit.", fileDamaged: "L’image est endommagée. Choisissez-en une autre.",
    fileEmpty: "Le fichier est vide. Choisissez-en un autre.", fileMany: "Trop de fichiers ont été essayés ici. Aucun autre n’est accepté.", fileGone: "L’enquête a changé entre-temps. Rechargez la page.",
    busyTitle: "Trop d’envois à la fois", busyText: "Attendez une minute, revenez en arrière et envoyez à nouveau.",
    longTitle: "C’est trop de texte", longText: "Rien n’a été enregistré. Revenez en arrière, raccourcissez et envoyez à nouveau.",
    faultTitle: "Cela n’a pas fonctionné", faultText: "Rien n’a été enregistré. Revenez en arrière et envoyez à nouveau dans un instant.", againText: "Ouvrez à nouveau l’enquête.",
  },
  es: {
    onceText: "Se admite una respuesta por persona, y la suya ya se ha dado. ¡Gracias!",
    fullTitle: "Ya hay suficientes respuestas", fullText: "Mientras respondía se ocupó la última plaza, así que sus respuestas no cuentan. ¡Gracias por su tiempo!",
    fileKind: "Aquí no se admite este tipo de archivo. Elija otro.", fileLarge: "El archivo es demasiado grande. Elija uno más pequeño.", fileDamaged: "La imagen está dañada. Elija otra.",
    fileEmpty: "El archivo está vacío. Elija otro.", fileMany: "Se han probado demasiados archivos aquí. No se admite ninguno más.", fileGone: "La encuesta ha cambiado entretanto. Vuelva a cargar la página.",
    busyTitle: "Demasiados envíos a la vez", busyText: "Espere un minuto, vuelva atrás y envíe de nuevo.",
    longTitle: "Es demasiado texto", longText: "No se ha guardado nada. Vuelva atrás, acórtelo y envíe de nuevo.",
    faultTitle: "No ha funcionado", faultText: "No se ha guardado nada. Vuelva atrás y envíe de nuevo dentro de un momento.", againText: "Abra de nuevo la encuesta.",
  },
  nl: {
    onceText: "Van iedere persoon wordt één antwoord aangenomen, en het uwe is gegeven. Dank u wel!",
    fullTitle: "Er zijn al genoeg antwoorden", fullText: "Terwijl u antwoordde is de laatste plaats ingenomen; uw antwoorden tellen daarom niet mee. Dank u wel voor uw tijd!",
    fileKind: "Dit soort bestand wordt hier niet aangenomen. Kies een ander.", fileLarge: "Het bestand is te groot. Kies een kleiner.", fileDamaged: "De afbeelding is beschadigd. Kies een andere.",
    fileEmpty: "Het bestand is leeg. Kies een ander.", fileMany: "Hier zijn te veel bestanden geprobeerd. Er wordt geen meer aangenomen.", fileGone: "De enquête is intussen veranderd. Laad de pagina opnieuw.",
    busyTitle: "Te veel tegelijk", busyText: "Wacht een minuut, ga terug en verstuur opnieuw.",
    longTitle: "Dat is te veel tekst", longText: "Er is niets opgeslagen. Ga terug, maak het korter en verstuur opnieuw.",
    faultTitle: "Dat is niet gelukt", faultText: "Er is niets opgeslagen. Ga terug en verstuur zo meteen opnieuw.", againText: "Open de enquête opnieuw.",
  },
  ar: {
    onceText: "تُقبل إجابة واحدة من كل شخص، وقد أُعطيت إجابتك. شكرًا لك!",
    fullTitle: "هناك ما يكفي من الإجابات", fullText: "شُغل آخر مكان أثناء إجابتك، لذلك لا تُحتسب إجاباتك. شكرًا على وقتك!",
    fileKind: "لا يُقبل هذا النوع من الملفات هنا. يرجى اختيار ملف آخر.", fileLarge: "الملف كبير جدًا. يرجى اختيار ملف أصغر.", fileDamaged: "الصورة تالفة. يرجى اختيار صورة أخرى.",
    fileEmpty: "الملف فارغ. يرجى اختيار ملف آخر.", fileMany: "جُرّبت ملفات كثيرة هنا. لا يُقبل المزيد.", fileGone: "تغيّر الاستبيان في هذه الأثناء. يرجى إعادة تحميل الصفحة.",
    busyTitle: "طلبات كثيرة في آن واحد", busyText: "يرجى الانتظار دقيقة ثم العودة والإرسال مرة أخرى.",
    longTitle: "النص طويل جدًا", longText: "لم يُحفظ شيء. يرجى العودة واختصار النص ثم الإرسال مرة أخرى.",
    faultTitle: "لم ينجح ذلك", faultText: "لم يُحفظ شيء. يرجى العودة والإرسال مرة أخرى بعد قليل.", againText: "يرجى فتح الاستبيان من جديد.",
  },
};

/** @param language tag; one we have no words in falls back to English */
export function refusalTextsIn(language: string): RefusalTexts {
  const found = TEXTS[language.split("-")[0] ?? ""] ?? TEXTS["en"];
  if (found === undefined) throw new Error("There are no English words.");
  return found;
}
