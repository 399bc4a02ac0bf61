// What the wording of a question asks for. "Nothing" and "The parking" say the opposite under "What did you like?" and under "What could be better?".

/** Something good, or something that could be better. Questions that ask for both, or for neither, are not told apart: their answers are read by their words. */
export type Asked = "praise" | "better";

/** So much of a question tells what it asks; what comes after are explanations. */
const WORDING_MAX = 300;
const KNOWN_MAX = 1_000;

/** What a question asks for. Languages: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech.
 *  @param wording as it was asked, or the name of the column its answers stand in
 *  @returns null for neither, for both at once and for words it does not know */
export const askedBy = (wording: string): Asked | null => {
  const known = answers.get(wording);
  if (known !== undefined) return known;
  const answer = judge(plain(wording));
  if (answers.size >= KNOWN_MAX) answers.clear();
  answers.set(wording, answer);
  return answer;
};

// A survey's answers share its few questions.
const answers = new Map<string, Asked | null>();

const judge = (wording: string): Asked | null => {
  // "What did you not like" must not be found by "did you like".
  const told = wording.replace(NOT_LIKED, " asksbetter ");
  const [asksPraise, asksBetter] = [PRAISE.some((pattern) => pattern.test(told)), BETTER.some((pattern) => pattern.test(told))];
  return asksPraise === asksBetter ? null : asksPraise ? "praise" : "better";
};

/** Small letters a to z with one blank between words; names of columns are written whatWasGood or what_was_good. */
const plain = (wording: string): string =>
  wording
    .slice(0, WORDING_MAX)
    .replaceAll(/\{\{[^{}]*\}\}/gu, " ")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/n['’]t\b/gu, "nt")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ł", "l")
    .replaceAll(/[^a-z]+/gu, " ")
    .trim();

/** Praise turned round, by language as above. */
const NOT_LIKED = new RegExp(
  [
    "\\b(?:(?:did|do|does|was|is|were|are|went|have)(?: ?nt| you not| not)(?: you| it| we| so| very| as| particularly| really| work| go)* (?:like|love|enjoy|appreciate|good|great|well|satisf\\w+)|(?:like|liked|enjoy|enjoyed) (?:the )?least|least (?:like|liked|enjoy|enjoyed)|less satisf\\w+)\\b",
    "\\b(?:nicht|weniger|wenig|kaum|am wenigsten) (?:so |ganz |sehr |besonders )*(?:gut|gefallen|gefallt|gefiel|toll|gelungen|uberzeugt|geschatzt|zufrieden)\\b",
    "\\b(?:pas|moins|peu) (?:aime|plu|apprecie|satisf\\w+|bien)\\b|\\bmoins bien\\b",
    "\\bno (?:le |te |les |os |me |se )*(?:ha |han )?(?:gusto|gusta|gustado|hicimos bien|salio bien)\\b|\\bmenos (?:le |te |les |os )*(?:ha )?(?:gusto|gusta|gustado)\\b",
    "\\b(?:non|meno) (?:le |ti |vi |e |ha |hai |avete )*(?:piaciut[aeio]|piace|apprezzat[aeio]|andat[aeio] bene)\\b",
    "\\b(?:nao|menos) (?:gostou|gostaram|gosta|gostaste|apreciou|correu bem)\\b",
    "\\bniet (?:zo )?(?:goed|leuk|fijn|prettig|bevallen|bevalt|beviel)\\b",
    "\\b(?:inte|mindre) (?:sa )?(?:bra|om|gillade|uppskattade)\\b|\\bgillade (?:du |ni )?(?:inte|minst)\\b",
    "\\b(?:ikke|mindre) (?:sa )?(?:bra|godt|likte|om|lide)\\b|\\blikte (?:du |dere )?(?:ikke|minst)\\b",
    "\\bet (?:pitanyt|tykannyt)\\b",
    "\\b(?:nie|najmniej) (?:(?:sie|ci|ci sie|panu|pani|panstwu) )*(?:podobal[aoy]?|podoba)\\b",
    "\\b(?:nelibi|nelibil[aoy]?|nejmene (?:se )?(?:vam |ti )?libi\\w*)\\b",
  ].join("|"),
  "gu",
);

const PRAISE: readonly RegExp[] = [
  // English
  /\b(?:what|which|anything|something|tell us)\b.*\b(?:did|do|have) you (?:most |really |especially |particularly )?(?:like|liked|love|loved|enjoy|enjoyed|appreciate|appreciated|value|valued)\b/,
  /\b(?:what|which|anything|something)\b.*\byou (?:most |really |especially |particularly )?(?:liked|loved|enjoyed|appreciated)\b/,
  /\bwhat (?:was|were|is|are|went|goes|worked|works|has been) (?:so |very |really |especially |particularly )?(?:good|great|well|best|excellent|positive)\b/,
  /\b(?:we|they|i|team|staff) (?:do|did|done|doing) (?:it )?(?:so |very |really |especially |particularly )?(?:well|right)\b|\b(?:done|doing) well\b/,
  /\b(?:best (?:thing|things|part|parts|aspect|aspects|feature|features|about)|(?:like|liked|love|loved|enjoy|enjoyed) (?:the )?(?:most|best)|what (?:pleased|delighted|impressed))\b/,
  /\b(?:what|which|things?)\b.*\b(?:you are|you were|are you|were you) (?:most |especially |particularly )?(?:satisfied|pleased|happy)\b/,
  /^(?:(?:the|our|your) )?(?:pros|strengths?|positives?|praise|compliments?|likes?|liked|best|good)(?: (?:about us|points?|aspects?|comments?|feedback|reviews?|remarks|things|text))?$/,
  /\bour strengths\b/,
  // German
  /\b(?:was|welche\w*|wie|womit)\b.*\b(?:gefallen|gefallt|gefiel|gut|gelungen|uberzeugt|begeistert|geschatzt|schatzen|loben|toll|zufrieden)\b/,
  /^(?:lob|starken|vorteile|positiv\w*)(?: \w+)?$|\b(?:unsere|unseren) starken\b/,
  // French
  /\bqu\w*\b.*\b(?:aime|aimez|aimes|apprecie|appreciez|appreciee?s|plu|plait|bien (?:fait|fonctionne|passe))\b/,
  /\b(?:points? (?:forts?|positifs?)|atouts)\b/,
  // Spanish
  /\bque\b.*\b(?:gusto|gusta|gustado|hicimos bien|hacemos bien|salio bien|fue lo mejor|es lo mejor)\b|\bpuntos (?:fuertes|positivos)\b/,
  // Italian
  /\b(?:cosa|che|quali?)\b.*\b(?:piaciut[aeio]|piace|apprezzat[aeio]|andat[aeio] bene|fatto bene|facciamo bene)\b|\bpunti di forza\b/,
  // Portuguese
  /\b(?:que|qual|quais)\b.*\b(?:gostou|gostaram|gosta|gostaste|apreciou|correu bem|fizemos bem|fazemos bem)\b|\bpontos (?:fortes|positivos)\b/,
  // Dutch
  /\bwat\b.*\b(?:goed|leuk|fijn|prettig|bevallen|bevalt|beviel|waardeert|waardeerde)\b|\b(?:sterke punten|pluspunten)\b/,
  // Swedish, Danish, Norwegian
  /\b(?:vad|hva|hvad)\b.*\b(?:bra|godt|gillade|gillar|uppskattade|uppskattar|likte|liker|lide|tyckte (?:du|ni) (?:\w+ )?om|satte (?:du|dere|i) pris pa)\b/,
  /\b(?:styrkor|styrker)\b/,
  // Finnish
  /\b(?:mika|mita|mista|missa)\b.*\b(?:hyvaa|hyvin|pidit|pidat|piditte|onnistu\w*)\b/,
  // Polish, Czech
  /\b(?:co|czego)\b.*\b(?:podobal[aoy]?|podoba|zrobilismy dobrze|robimy dobrze|bylo dobre)\b|\bmocne strony\b/,
  /\bco\b.*\b(?:libil[aoy]?|libi|povedlo|delame dobre)\b|\bsilne stranky\b/,
];

const BETTER: readonly RegExp[] = [
  /\basksbetter\b/,
  // English
  /\b(?:could|can|should|might|may|would|must|need|needs|to|how|us|make|made)\b.*\bbetter\b|\bdo (?:it |this |that |things )?better\b/,
  /\b(?:could|can|should|might|may|would|must|need|needs|how|what|where|to|for|we|us|be)\b.*\bimprov(?:e|es|ed|ing|ements?)\b|^(?:areas? (?:of|for) )?improve(?:ments?)?(?: \w+)?$/,
  /\b(?:dislik\w+|disappoint\w+|frustrat\w+|annoy\w+|dissatisf\w+|(?:do|done|have done) differently|(?:went|gone|goes|is|was) wrong|(?:is|was|were|are|still) (?:missing|lacking|bad|poor)|did you miss|(?:stood|stands|got) in your way)\b/,
  /\byou (?:have|had|face|faced|encounter|encountered|experience|experienced|run into|ran into) any (?:problems?|difficult(?:y|ies)|trouble)\b/,
  /^(?:(?:the|our|your) )?(?:cons|weakness(?:es)?|negatives?|complaints?|dislikes?|worst)(?: (?:about us|points?|aspects?|comments?|feedback|reviews?|remarks|things|text))?$/,
  // German
  /\b(?:was|wie|wo|worin|wobei|etwas|konn\w+|kann|soll\w*|wurde\w*|mussten?|hatte\w*)\b.*\bbesser\w*\b|\bverbesser(?:n|ung|ungen|ungsvorschlage?|ungswunsche?|bar)\b|\bverbessert (?:werden|haben)\b|\bverbesserungs\w+\b/,
  /\b(?:anders machen|(?:hat|haben|fehlt|fehlte) (?:ihnen|dir|euch|sie|du) (?:etwas )?(?:gefehlt|vermisst)|fehlt (?:ihnen|dir|euch)|gestort|missfallen|schief\w*|unzufrieden|geargert)\b|^(?:kritik\w*|schwachen|nachteile|negativ\w*)(?: \w+)?$/,
  // French
  /\b(?:ameliore[rsz]?|ameliorations?|ameliorerie[zr]|deplu|decu|manqu(?:e|ait)|points? (?:faibles?|negatifs?))\b|\b(?:pourr\w+|pouv\w+|peut|faire|aur\w+|faudrait)\b.*\bmieux\b/,
  // Spanish
  /\b(?:mejorar\w*|mejoras?|mejoremos|falto|falta|echo de menos|molesto|decepciono|puntos debiles)\b|\b(?:podr\w+|pod\w+mos|hacer)\b.*\bmejor\b/,
  // Italian
  /\b(?:migliorar\w*|miglioramento|miglioramenti|miglioreresti|mancat[aeio]|delus\w+|punti deboli)\b|\b(?:potre\w+|possiamo|fare)\b.*\bmeglio\b/,
  // Portuguese
  /\b(?:melhorar\w*|melhorias?|melhoraria|faltou|desagradou|pontos (?:fracos|negativos))\b|\b(?:pod\w+|fazer)\b.*\bmelhor\b/,
  // Dutch
  /\b(?:verbeter\w*|gemist|minpunten|zwakke punten|tegen(?:gevallen|viel))\b|\b(?:kan|kunnen|kon|konden|zou|zouden|had|hadden|moet|moeten)\b.*\bbeter\b/,
  // Swedish, Danish, Norwegian
  /\b(?:forbattra\w*|forbattring\w*|saknade|saknar|samre|daligt|forbedre\w*|forbedring\w*|savnede|savnet|darlig\w*)\b|\b(?:kan|kunde|kunne|skulle|skal|gora|gjort|gore|gjore)\b.*\b(?:battre|bedre)\b/,
  // Finnish
  /\b(?:paranta\w*|parannet\w*|parannus\w*|paremmin|puuttu\w*)\b/,
  // Polish, Czech
  /\b(?:poprawi\w*|ulepszy\w*|zabraklo|brakuje|brakowalo|usprawni\w*)\b|\b(?:mozemy|moglibysmy|mozna|zrobic)\b.*\blepiej\b/,
  /\b(?:zlepsit\w*|zlepseni|vylepsi\w*|chybelo|chybi)\b|\b(?:muzeme|mohli|delat|udelat)\b.*\blepe\b/,
];
