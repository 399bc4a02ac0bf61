import type { AnswerProblem } from "../surveys/answers.rules.ts";
import type { ContactField } from "../surveys/definition.contract.ts";

/** The words of the survey page that are not the survey's own. `{n}` and `{total}` are filled in. */
export type PageTexts = {
  next: string;
  back: string;
  send: string;
  optional: string;
  other: string;
  progress: string;
  hint: string;
  offline: string;
  refused: string;
  thanks: string;
  closedTitle: string;
  closedText: string;
  unknownTitle: string;
  unknownText: string;
  npsLow: string;
  npsHigh: string;
  csatLow: string;
  csatHigh: string;
  cesLow: string;
  cesHigh: string;
  select: string;
  up: string;
  down: string;
  left: string;
  addFile: string;
  takePhoto: string;
  remove: string;
  uploading: string;
  uploadFailed: string;
  rank: string;
  clear: string;
  needsScript: string;
  csat2: string;
  csat3: string;
  csat4: string;
  continueTo: string;
  /** Title and text by code of a refusal, for pages with a line; a kiosk does without. */
  refusals?: Readonly<Record<string, readonly [string, string]>>;
} & Record<AnswerProblem["problem"], string> & Record<ContactField, string>;

const en: PageTexts = {
  next: "Next", back: "Back", send: "Send", optional: "optional", other: "Please say more", progress: "Question {n} of {total}",
  hint: "Press the number, then Enter", offline: "You are offline. Your answers are kept here and sent when you are back online.", thanks: "Thank you!",
  refused: "Your answers could not be taken as they are. Please look through them and send them again.",
  closedTitle: "This survey is closed", closedText: "It takes no more answers. Thank you for wanting to help.",
  unknownTitle: "There is no survey here", unknownText: "Please check the address: the link may be incomplete.",
  npsLow: "Not at all likely", npsHigh: "Extremely likely", csatLow: "Very dissatisfied", csatHigh: "Very satisfied",
  cesLow: "Strongly disagree", cesHigh: "Strongly agree",
  missing: "Please answer this question.", wrong_kind: "Please answer again.", not_on_the_scale: "Please choose a number on the scale.",
  unknown_option: "Please choose one of the options.", too_many_choices: "That is too many. Please choose fewer.", too_long: "That is too long. Please shorten it.",
  unknown_question: "This question is not part of the survey any more.",
  select: "Please choose", up: "Move up", down: "Move down", left: "{n} left to give", addFile: "Add a file", takePhoto: "Take a photo", remove: "Remove",
  uploading: "Sending…", uploadFailed: "The file could not be sent. Please try again.", rank: "Place", clear: "Clear", too_few_choices: "Please choose more.",
  not_together: "That option cannot be chosen along with others.", too_short: "Please write a little more.", wrong_format: "Please check this: it does not look right.",
  too_small: "That is too little or too early.", too_large: "That is too much or too late.", wrong_total: "The numbers do not add up to the total yet.",
  row_missing: "Please answer every line.", too_many_files: "That is too many files.", first_name: "First name", last_name: "Last name", email: "E-mail", phone: "Phone",
  company: "Company", street: "Street and number", postal_code: "Postal code", city: "Town", country: "Country",
  needsScript: "Files can be added only where the page may run its script.",
  csat2: "Dissatisfied", csat3: "Neither satisfied nor dissatisfied", csat4: "Satisfied", continueTo: "Continue",
};
const de: PageTexts = {
  next: "Weiter", back: "Zurück", send: "Absenden", optional: "freiwillig", other: "Bitte genauer", progress: "Frage {n} von {total}",
  hint: "Zahl drücken, dann Enter", offline: "Sie sind offline. Ihre Antworten bleiben hier und werden gesendet, sobald Sie wieder online sind.", thanks: "Vielen Dank!",
  refused: "So konnten Ihre Antworten nicht angenommen werden. Bitte sehen Sie sie durch und senden Sie noch einmal.",
  closedTitle: "Diese Umfrage ist geschlossen", closedText: "Sie nimmt keine Antworten mehr an. Danke, dass Sie helfen wollten.",
  unknownTitle: "Hier ist keine Umfrage", unknownText: "Bitte prüfen Sie die Adresse: Der Link ist vielleicht unvollständig.",
  npsLow: "Sehr unwahrscheinlich", npsHigh: "Sehr wahrscheinlich", csatLow: "Sehr unzufrieden", csatHigh: "Sehr zufrieden",
  cesLow: "Stimme gar nicht zu", cesHigh: "Stimme voll zu",
  missing: "Bitte beantworten Sie diese Frage.", wrong_kind: "Bitte antworten Sie noch einmal.", not_on_the_scale: "Bitte wählen Sie eine Zahl auf der Skala.",
  unknown_option: "Bitte wählen Sie eine der Möglichkeiten.", too_many_choices: "Das sind zu viele. Bitte wählen Sie weniger.", too_long: "Das ist zu lang. Bitte kürzen Sie.",
  unknown_question: "Diese Frage gehört nicht mehr zur Umfrage.",
  select: "Bitte wählen", up: "Nach oben", down: "Nach unten", left: "Noch {n} zu vergeben", addFile: "Datei hinzufügen", takePhoto: "Foto aufnehmen", remove: "Entfernen",
  uploading: "Wird gesendet …", uploadFailed: "Die Datei konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.", rank: "Platz", clear: "Zurücksetzen",
  too_few_choices: "Bitte wählen Sie mehr.", not_together: "Diese Antwort passt nicht zu den anderen.", too_short: "Bitte schreiben Sie etwas mehr.",
  wrong_format: "Bitte prüfen Sie die Eingabe.", too_small: "Das ist zu wenig oder zu früh.", too_large: "Das ist zu viel oder zu spät.",
  wrong_total: "Die Summe stimmt noch nicht.", row_missing: "Bitte beantworten Sie jede Zeile.", too_many_files: "Das sind zu viele Dateien.", first_name: "Vorname",
  last_name: "Nachname", email: "E-Mail", phone: "Telefon", company: "Firma", street: "Straße und Hausnummer", postal_code: "Postleitzahl", city: "Ort", country: "Land",
  needsScript: "Dateien lassen sich nur hinzufügen, wenn die Seite ihr Skript ausführen darf.",
  csat2: "Unzufrieden", csat3: "Weder noch", csat4: "Zufrieden", continueTo: "Weiter",
};
const fr: PageTexts = {
  next: "Suivant", back: "Retour", send: "Envoyer", optional: "facultatif", other: "Précisez", progress: "Question {n} sur {total}",
  hint: "Tapez le chiffre, puis Entrée", offline: "Vous êtes hors ligne. Vos réponses sont gardées ici et seront envoyées à votre retour en ligne.", thanks: "Merci !",
  refused: "Vos réponses n’ont pas pu être acceptées ainsi. Vérifiez-les et envoyez à nouveau.",
  closedTitle: "Cette enquête est terminée", closedText: "Elle n’accepte plus de réponses. Merci d’avoir voulu aider.",
  unknownTitle: "Il n’y a pas d’enquête ici", unknownText: "Vérifiez l’adresse : le lien est peut-être incomplet.",
  npsLow: "Pas du tout probable", npsHigh: "Extrêmement probable", csatLow: "Très insatisfait", csatHigh: "Très satisfait",
  cesLow: "Pas du tout d’accord", cesHigh: "Tout à fait d’accord",
  missing: "Merci de répondre à cette question.", wrong_kind: "Merci de répondre à nouveau.", not_on_the_scale: "Choisissez un nombre de l’échelle.",
  unknown_option: "Choisissez une des réponses.", too_many_choices: "C’est trop. Choisissez-en moins.", too_long: "C’est trop long. Merci de raccourcir.",
  unknown_question: "Cette question ne fait plus partie de l’enquête.",
  select: "Choisissez", up: "Monter", down: "Descendre", left: "Encore {n} à répartir", addFile: "Ajouter un fichier", takePhoto: "Prendre une photo", remove: "Retirer",
  uploading: "Envoi…", uploadFailed: "Le fichier n’a pas pu être envoyé. Réessayez.", rank: "Place", clear: "Effacer", too_few_choices: "Choisissez-en davantage.",
  not_together: "Cette réponse ne va pas avec les autres.", too_short: "Écrivez un peu plus, s’il vous plaît.",
  wrong_format: "Vérifiez cette réponse : elle semble incorrecte.", too_small: "C’est trop peu ou trop tôt.", too_large: "C’est trop ou trop tard.",
  wrong_total: "Le total n’est pas encore atteint.", row_missing: "Répondez à chaque ligne.", too_many_files: "Il y a trop de fichiers.", first_name: "Prénom",
  last_name: "Nom", email: "E-mail", phone: "Téléphone", company: "Entreprise", street: "Rue et numéro", postal_code: "Code postal", city: "Ville", country: "Pays",
  needsScript: "Les fichiers ne peuvent être ajoutés que si la page peut exécuter son script.",
  csat2: "Insatisfait", csat3: "Ni satisfait ni insatisfait", csat4: "Satisfait", continueTo: "Continuer",
};
const es: PageTexts = {
  next: "Siguiente", back: "Atrás", send: "Enviar", optional: "opcional", other: "Especifique", progress: "Pregunta {n} de {total}",
  hint: "Pulse el número y después Intro", offline: "Está sin conexión. Sus respuestas se guardan aquí y se enviarán cuando vuelva la conexión.", thanks: "¡Gracias!",
  refused: "Sus respuestas no se pudieron aceptar así. Revíselas y envíe de nuevo.",
  closedTitle: "Esta encuesta está cerrada", closedText: "Ya no admite respuestas. Gracias por querer ayudar.",
  unknownTitle: "Aquí no hay ninguna encuesta", unknownText: "Compruebe la dirección: puede que el enlace esté incompleto.",
  npsLow: "Nada probable", npsHigh: "Muy probable", csatLow: "Muy insatisfecho", csatHigh: "Muy satisfecho",
  cesLow: "Muy en desacuerdo", cesHigh: "Muy de acuerdo",
  missing: "Responda a esta pregunta, por favor.", wrong_kind: "Responda de nuevo, por favor.", not_on_the_scale: "Elija un número de la escala.",
  unknown_option: "Elija una de las opciones.", too_many_choices: "Son demasiadas. Elija menos.", too_long: "Es demasiado largo. Acórtelo, por favor.",
  unknown_question: "Esta pregunta ya no forma parte de la encuesta.",
  select: "Elija", up: "Subir", down: "Bajar", left: "Quedan {n} por repartir", addFile: "Añadir un archivo", takePhoto: "Hacer una foto", remove: "Quitar",
  uploading: "Enviando…", uploadFailed: "No se pudo enviar el archivo. Inténtelo de nuevo.", rank: "Puesto", clear: "Borrar", too_few_choices: "Elija más.",
  not_together: "Esa opción no va con las demás.", too_short: "Escriba un poco más, por favor.", wrong_format: "Compruebe la respuesta: no parece correcta.",
  too_small: "Es muy poco o demasiado pronto.", too_large: "Es demasiado o demasiado tarde.", wrong_total: "La suma aún no es correcta.",
  row_missing: "Responda cada línea.", too_many_files: "Son demasiados archivos.", first_name: "Nombre", last_name: "Apellidos", email: "Correo electrónico",
  phone: "Teléfono", company: "Empresa", street: "Calle y número", postal_code: "Código postal", city: "Ciudad", country: "País",
  needsScript: "Solo se pueden añadir archivos si la página puede ejecutar su script.",
  csat2: "Insatisfecho", csat3: "Ni satisfecho ni insatisfecho", csat4: "Satisfecho", continueTo: "Continuar",
};
const nl: PageTexts = {
  next: "Volgende", back: "Terug", send: "Versturen", optional: "niet verplicht", other: "Licht toe", progress: "Vraag {n} van {total}",
  hint: "Druk op het cijfer en dan op Enter", offline: "U bent offline. Uw antwoorden blijven hier bewaard en worden verstuurd zodra u weer online bent.", thanks: "Dank u wel!",
  refused: "Uw antwoorden konden zo niet worden aangenomen. Kijk ze na en verstuur opnieuw.",
  closedTitle: "Deze enquête is gesloten", closedText: "Er kunnen geen antwoorden meer worden gegeven. Dank dat u wilde helpen.",
  unknownTitle: "Hier is geen enquête", unknownText: "Controleer het adres: de link is misschien niet volledig.",
  npsLow: "Zeer onwaarschijnlijk", npsHigh: "Zeer waarschijnlijk", csatLow: "Zeer ontevreden", csatHigh: "Zeer tevreden",
  cesLow: "Helemaal oneens", cesHigh: "Helemaal eens",
  missing: "Beantwoord deze vraag.", wrong_kind: "Antwoord nog een keer.", not_on_the_scale: "Kies een getal op de schaal.",
  unknown_option: "Kies een van de mogelijkheden.", too_many_choices: "Dat zijn er te veel. Kies er minder.", too_long: "Dat is te lang. Maak het korter.",
  unknown_question: "Deze vraag hoort niet meer bij de enquête.",
  select: "Kies", up: "Omhoog", down: "Omlaag", left: "Nog {n} te verdelen", addFile: "Bestand toevoegen", takePhoto: "Foto maken", remove: "Verwijderen",
  uploading: "Versturen…", uploadFailed: "Het bestand kon niet worden verstuurd. Probeer het opnieuw.", rank: "Plaats", clear: "Wissen", too_few_choices: "Kies er meer.",
  not_together: "Dat antwoord past niet bij de andere.", too_short: "Schrijf iets meer.", wrong_format: "Controleer dit: het lijkt niet te kloppen.",
  too_small: "Dat is te weinig of te vroeg.", too_large: "Dat is te veel of te laat.", wrong_total: "Het totaal klopt nog niet.", row_missing: "Beantwoord elke regel.",
  too_many_files: "Dat zijn te veel bestanden.", first_name: "Voornaam", last_name: "Achternaam", email: "E-mail", phone: "Telefoon", company: "Bedrijf",
  street: "Straat en huisnummer", postal_code: "Postcode", city: "Plaats", country: "Land",
  needsScript: "Bestanden toevoegen kan alleen als de pagina haar script mag uitvoeren.",
  csat2: "Ontevreden", csat3: "Niet tevreden en niet ontevreden", csat4: "Tevreden", continueTo: "Verder",
};
const ar: PageTexts = {
  next: "التالي", back: "رجوع", send: "إرسال", optional: "اختياري", other: "يرجى التوضيح", progress: "السؤال {n} من {total}",
  hint: "اضغط الرقم ثم Enter", offline: "أنت غير متصل. إجاباتك محفوظة هنا وستُرسل عند عودة الاتصال.", thanks: "شكرًا لك!",
  refused: "تعذر قبول إجاباتك كما هي. يرجى مراجعتها وإرسالها مرة أخرى.",
  closedTitle: "هذا الاستبيان مغلق", closedText: "لم يعد يقبل الإجابات. شكرًا لرغبتك في المساعدة.",
  unknownTitle: "لا يوجد استبيان هنا", unknownText: "يرجى التحقق من العنوان: قد يكون الرابط غير كامل.",
  npsLow: "غير مرجح إطلاقًا", npsHigh: "مرجح جدًا", csatLow: "غير راضٍ إطلاقًا", csatHigh: "راضٍ جدًا",
  cesLow: "لا أوافق بشدة", cesHigh: "أوافق بشدة",
  missing: "يرجى الإجابة عن هذا السؤال.", wrong_kind: "يرجى الإجابة مرة أخرى.", not_on_the_scale: "يرجى اختيار رقم من المقياس.",
  unknown_option: "يرجى اختيار أحد الخيارات.", too_many_choices: "هذا أكثر من المسموح. يرجى اختيار عدد أقل.", too_long: "النص طويل جدًا. يرجى اختصاره.",
  unknown_question: "لم يعد هذا السؤال جزءًا من الاستبيان.",
  select: "يرجى الاختيار", up: "إلى الأعلى", down: "إلى الأسفل", left: "بقي {n} للتوزيع", addFile: "إضافة ملف", takePhoto: "التقاط صورة", remove: "إزالة",
  uploading: "جارٍ الإرسال…", uploadFailed: "تعذر إرسال الملف. يرجى المحاولة مرة أخرى.", rank: "المرتبة", clear: "مسح", too_few_choices: "يرجى اختيار المزيد.",
  not_together: "لا يمكن جمع هذا الخيار مع غيره.", too_short: "يرجى كتابة المزيد قليلًا.", wrong_format: "يرجى التحقق: لا تبدو الإجابة صحيحة.",
  too_small: "هذا قليل جدًا أو مبكر جدًا.", too_large: "هذا كثير جدًا أو متأخر جدًا.", wrong_total: "المجموع غير صحيح بعد.", row_missing: "يرجى الإجابة عن كل سطر.",
  too_many_files: "عدد الملفات كبير جدًا.", first_name: "الاسم الأول", last_name: "اسم العائلة", email: "البريد الإلكتروني", phone: "الهاتف", company: "الشركة",
  street: "الشارع والرقم", postal_code: "الرمز البريدي", city: "المدينة", country: "البلد",
  needsScript: "لا يمكن إضافة الملفات إلا إذا سُمح للصفحة بتشغيل برنامجها.",
  csat2: "غير راضٍ", csat3: "لا راضٍ ولا غير راضٍ", csat4: "راضٍ", continueTo: "متابعة",
};

/** Languages the survey page speaks by itself, with their names in the language itself; surveys may use others, then English frames them. */
export const PAGE_LANGUAGES: Readonly<Record<string, { name: string; texts: PageTexts }>> = {
  en: { name: "English", texts: en },
  de: { name: "Deutsch", texts: de },
  fr: { name: "Français", texts: fr },
  es: { name: "Español", texts: es },
  nl: { name: "Nederlands", texts: nl },
  ar: { name: "العربية", texts: ar },
};

/** The words of the page in a language; English when it speaks that language not. */
export const pageTextsIn = (language: string): PageTexts => {
  const base = language.split("-")[0] ?? "en";
  return (Object.hasOwn(PAGE_LANGUAGES, base) ? PAGE_LANGUAGES[base]?.texts : undefined) ?? en;
};

/** The name of a language in itself, for the language switch; the tag when it has none here. */
export const languageName = (tag: string): string => {
  const base = tag.split("-")[0] ?? tag;
  return (Object.hasOwn(PAGE_LANGUAGES, base) ? PAGE_LANGUAGES[base]?.name : undefined) ?? tag;
};
