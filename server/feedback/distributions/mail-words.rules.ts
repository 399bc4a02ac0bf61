/** What mails, text messages and the pages behind their links say by themselves, in the languages of the survey page. */
export type MailWords = {
  subject: string; reminderSubject: string; intro: string; reminderIntro: string; answer: string; orOpen: string; unsubscribe: string; whySent: string;
  textBody: string; confirmTitle: string; confirmText: string; confirm: string; chosen: string; alreadyTitle: string; alreadyText: string; endedTitle: string; endedText: string;
  unknownTitle: string; unknownText: string; stopTitle: string; stopText: string; stopEmail: string; stopTexts: string; stopAll: string; stopSave: string;
  stoppedTitle: string; stoppedText: string; allow: string; allowedTitle: string; allowedText: string;
};

const en: MailWords = {
  subject: "How was it with {name}?", reminderSubject: "A reminder: how was it with {name}?", intro: "Your view helps us to get better. It takes about a minute.",
  reminderIntro: "We would still like to hear your view. It takes about a minute.", answer: "Answer", orOpen: "Open the questions", unsubscribe: "No more mails like this",
  whySent: "{name} sent this because you are a customer.", textBody: "{name} would like to know how it was: {link}", confirmTitle: "Your answer", confirmText: "You chose:",
  confirm: "Send this answer", chosen: "You chose {answer}.", alreadyTitle: "You have answered already", alreadyText: "Thank you! Your answers have arrived.",
  endedTitle: "This link has ended", endedText: "It can no longer be used to answer. Thank you for wanting to help.", unknownTitle: "This link does not work",
  unknownText: "It may have been cut off on its way, or what it led to was removed.", stopTitle: "What we send you", stopText: "Choose what {name} should no longer send to you.",
  stopEmail: "No more mails", stopTexts: "No more text messages", stopAll: "Nothing at all, by any way", stopSave: "Save", stoppedTitle: "Saved",
  stoppedText: "We will keep to it. If this was a mistake, you can take it back here.", allow: "Take it back", allowedTitle: "Taken back", allowedText: "We may write to you again.",
};
const de: MailWords = {
  subject: "Wie war es bei {name}?", reminderSubject: "Erinnerung: Wie war es bei {name}?", intro: "Ihre Meinung hilft uns, besser zu werden. Es dauert etwa eine Minute.",
  reminderIntro: "Wir würden Ihre Meinung weiterhin gern hören. Es dauert etwa eine Minute.", answer: "Antworten", orOpen: "Fragen öffnen", unsubscribe: "Keine solchen Mails mehr",
  whySent: "{name} hat dies gesendet, weil Sie Kunde sind.", textBody: "{name} wüsste gern, wie es war: {link}", confirmTitle: "Ihre Antwort", confirmText: "Sie haben gewählt:",
  confirm: "Diese Antwort senden", chosen: "Sie haben {answer} gewählt.", alreadyTitle: "Sie haben schon geantwortet", alreadyText: "Vielen Dank! Ihre Antworten sind angekommen.",
  endedTitle: "Dieser Link ist abgelaufen", endedText: "Mit ihm kann nicht mehr geantwortet werden. Danke, dass Sie helfen wollten.", unknownTitle: "Dieser Link funktioniert nicht",
  unknownText: "Vielleicht wurde er unterwegs abgeschnitten, oder sein Ziel wurde entfernt.", stopTitle: "Was wir Ihnen senden", stopText: "Wählen Sie, was {name} Ihnen nicht mehr senden soll.",
  stopEmail: "Keine Mails mehr", stopTexts: "Keine SMS mehr", stopAll: "Gar nichts mehr, auf keinem Weg", stopSave: "Speichern", stoppedTitle: "Gespeichert",
  stoppedText: "Wir halten uns daran. War es ein Versehen, können Sie es hier zurücknehmen.", allow: "Zurücknehmen", allowedTitle: "Zurückgenommen", allowedText: "Wir dürfen Ihnen wieder schreiben.",
};
const fr: MailWords = {
  subject: "Comment était-ce chez {name} ?", reminderSubject: "Rappel : comment était-ce chez {name} ?", intro: "Votre avis nous aide à progresser. Cela prend environ une minute.",
  reminderIntro: "Votre avis nous intéresse toujours. Cela prend environ une minute.", answer: "Répondre", orOpen: "Ouvrir les questions", unsubscribe: "Ne plus recevoir ces messages",
  whySent: "{name} vous écrit parce que vous êtes client.", textBody: "{name} aimerait savoir comment c’était : {link}", confirmTitle: "Votre réponse", confirmText: "Vous avez choisi :",
  confirm: "Envoyer cette réponse", chosen: "Vous avez choisi {answer}.", alreadyTitle: "Vous avez déjà répondu", alreadyText: "Merci ! Vos réponses sont bien arrivées.",
  endedTitle: "Ce lien a expiré", endedText: "Il ne permet plus de répondre. Merci d’avoir voulu aider.", unknownTitle: "Ce lien ne fonctionne pas",
  unknownText: "Il a peut-être été coupé en route, ou son contenu a été retiré.", stopTitle: "Ce que nous vous envoyons", stopText: "Choisissez ce que {name} ne doit plus vous envoyer.",
  stopEmail: "Plus d’e-mails", stopTexts: "Plus de SMS", stopAll: "Plus rien, par aucun moyen", stopSave: "Enregistrer", stoppedTitle: "Enregistré",
  stoppedText: "Nous respecterons ce choix. En cas d’erreur, vous pouvez revenir en arrière ici.", allow: "Revenir en arrière", allowedTitle: "C’est annulé", allowedText: "Nous pouvons de nouveau vous écrire.",
};
const es: MailWords = {
  subject: "¿Qué tal con {name}?", reminderSubject: "Recordatorio: ¿qué tal con {name}?", intro: "Su opinión nos ayuda a mejorar. Tardará un minuto.",
  reminderIntro: "Aún nos gustaría conocer su opinión. Tardará un minuto.", answer: "Responder", orOpen: "Abrir las preguntas", unsubscribe: "No recibir más correos así",
  whySent: "{name} le envía esto porque es cliente.", textBody: "{name} quiere saber qué tal fue: {link}", confirmTitle: "Su respuesta", confirmText: "Ha elegido:",
  confirm: "Enviar esta respuesta", chosen: "Ha elegido {answer}.", alreadyTitle: "Ya ha respondido", alreadyText: "¡Gracias! Sus respuestas han llegado.",
  endedTitle: "Este enlace ha caducado", endedText: "Ya no sirve para responder. Gracias por querer ayudar.", unknownTitle: "Este enlace no funciona",
  unknownText: "Puede que se cortara por el camino o que se retirara su contenido.", stopTitle: "Lo que le enviamos", stopText: "Elija lo que {name} no debe enviarle más.",
  stopEmail: "No más correos", stopTexts: "No más mensajes de texto", stopAll: "Nada más, por ningún medio", stopSave: "Guardar", stoppedTitle: "Guardado",
  stoppedText: "Lo respetaremos. Si fue un error, puede deshacerlo aquí.", allow: "Deshacer", allowedTitle: "Deshecho", allowedText: "Podemos volver a escribirle.",
};
const nl: MailWords = {
  subject: "Hoe was het bij {name}?", reminderSubject: "Herinnering: hoe was het bij {name}?", intro: "Uw mening helpt ons beter te worden. Het kost ongeveer een minuut.",
  reminderIntro: "We horen uw mening nog graag. Het kost ongeveer een minuut.", answer: "Antwoorden", orOpen: "Vragen openen", unsubscribe: "Zulke mails niet meer",
  whySent: "{name} stuurde dit omdat u klant bent.", textBody: "{name} wil graag weten hoe het was: {link}", confirmTitle: "Uw antwoord", confirmText: "U koos:",
  confirm: "Dit antwoord versturen", chosen: "U koos {answer}.", alreadyTitle: "U hebt al geantwoord", alreadyText: "Dank u! Uw antwoorden zijn aangekomen.",
  endedTitle: "Deze link is verlopen", endedText: "U kunt er niet meer mee antwoorden. Dank dat u wilde helpen.", unknownTitle: "Deze link werkt niet",
  unknownText: "Misschien is hij onderweg afgebroken of is het doel verwijderd.", stopTitle: "Wat wij u sturen", stopText: "Kies wat {name} u niet meer moet sturen.",
  stopEmail: "Geen mails meer", stopTexts: "Geen sms meer", stopAll: "Helemaal niets meer", stopSave: "Opslaan", stoppedTitle: "Opgeslagen",
  stoppedText: "We houden ons eraan. Was het een vergissing, dan kunt u het hier terugdraaien.", allow: "Terugdraaien", allowedTitle: "Teruggedraaid", allowedText: "We mogen u weer schrijven.",
};
const ar: MailWords = {
  subject: "كيف كانت تجربتك مع {name}؟", reminderSubject: "تذكير: كيف كانت تجربتك مع {name}؟", intro: "رأيك يساعدنا على التحسن. يستغرق ذلك نحو دقيقة.",
  reminderIntro: "ما زلنا نود سماع رأيك. يستغرق ذلك نحو دقيقة.", answer: "أجب", orOpen: "افتح الأسئلة", unsubscribe: "لا أريد مثل هذه الرسائل",
  whySent: "أرسلت {name} هذه الرسالة لأنك عميل.", textBody: "تود {name} أن تعرف كيف كانت تجربتك: {link}", confirmTitle: "إجابتك", confirmText: "لقد اخترت:",
  confirm: "إرسال هذه الإجابة", chosen: "لقد اخترت {answer}.", alreadyTitle: "لقد أجبت من قبل", alreadyText: "شكرًا لك! وصلت إجاباتك.",
  endedTitle: "انتهت صلاحية هذا الرابط", endedText: "لم يعد يصلح للإجابة. شكرًا لرغبتك في المساعدة.", unknownTitle: "هذا الرابط لا يعمل",
  unknownText: "ربما انقطع في الطريق أو أُزيل ما يؤدي إليه.", stopTitle: "ما نرسله إليك", stopText: "اختر ما لا ينبغي أن ترسله {name} إليك بعد الآن.",
  stopEmail: "لا رسائل بريد بعد الآن", stopTexts: "لا رسائل نصية بعد الآن", stopAll: "لا شيء على الإطلاق", stopSave: "حفظ", stoppedTitle: "تم الحفظ",
  stoppedText: "سنلتزم بذلك. إن كان ذلك خطأ فيمكنك التراجع عنه هنا.", allow: "تراجع", allowedTitle: "تم التراجع", allowedText: "يمكننا الكتابة إليك مجددًا.",
};

const WORDS: Readonly<Record<string, MailWords>> = { en, de, fr, es, nl, ar };

/** The words in a language; English when there are none. */
export const mailWordsIn = (language: string): MailWords => {
  const base = language.split("-")[0] ?? "en";
  return (Object.hasOwn(WORDS, base) ? WORDS[base] : undefined) ?? en;
};

/** Fills {name}, {link} and the like. */
export const fillWords = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place));
