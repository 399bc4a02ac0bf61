// Signs of the six needs as patterns: wordings that say a need in any industry. They are too blunt to decide alone, but beside the model
// they add what its sums cannot see: the order of words that stand apart. Every gap is bounded, so that no text makes them slow.
import type { Need } from "./reading.ts";
import { NEEDS } from "./reading.ts";
import { compileStarts } from "./starts.ts";

/** More signs than this say nothing more. */
export const SIGNS_MAX = 2;
/** Patterns are searched in the beginning of a text only: they cost more than the kernel does. */
const SEARCHED_MAX = 1_500;

const STAFF = "(?:staff|team|crew|nurses?|doctors?|drivers?|receptionists?|reception|hosts?|waiters?|waitress|managers?|consultants?|paramedics?|people|personnel|employees?|reps?|agents?|clerks?|attendants?|owners?|desk)";
const NOT = "(?:no|not|never|didn'?t|don'?t|doesn'?t|did not|do not|does not|won'?t|wouldn'?t|would not|can'?t|cannot|couldn'?t|could not|nobody|no one|refused? to|failed to|without)";

const PATTERNS: Record<Need, readonly string[]> = {
  EASY: [
    "on hold|get(?:ting)? through|hung up|disconnected me|(?:long|huge|endless) (?:queue|line)s?|queu(?:e|ed|ing)|stood in line|waited in line|no (?:phone )?number|automated (?:system|phone)",
    "(?:very |so |really |super |extremely )?(?:easy|simple|straight ?forward|quick and easy|hassle free|effortless|convenient|smooth) (?:to (?:use|book|order|find|get|set|install|contact|make|access|do|check|assemble|reach)|process|check|booking|access|transaction|experience|appointment)|(?:easily|effortlessly) (?:booked|accessible|arranged|found|installed|set)|(?:made|make|makes|making) (?:it |everything |things |life )?(?:so |very |really )?eas(?:y|ier)|no hassle|breeze",
    "(?:hard|difficult|impossible|struggl\\w+) to (?:get|find|book|reach|contact|use|open|set|install|park|access|navigate|understand|cancel)|(?:confusing|complicated|cumbersome|user.?unfriendly)|run ?around|passed (?:around|from)|repeat(?:ing)? (?:myself|my|the same)|paper ?work|same (?:documents|information|forms)",
    "(?:website|web site|app|site|page|online)\\b.{0,40}\\b(?:crash\\w*|slow|confusing|down|error|freez\\w+|poor|clunky)|log ?in|password|(?:get|getting|make|making|book|booking) (?:an |a )?appointments?|opening (?:hours|times)|parking|have to (?:call|ring|phone|go|drive)|tried (?:to call|calling|to contact|contacting|to reach)|check.?in (?:was|took|process)|user.?friendly",
  ],
  EXPECT: [
    "mis-?lead\\w*|mis-?led|false(?:ly)? advertis\\w+|deceptive|deceiv\\w+|bait and switch|not (?:as|what (?:was|is|i)) (?:described|advertised|pictured|shown|expected|ordered|promised)|(?:nothing|not|unlike|different) (?:like|from|than)? ?(?:the|in the) (?:pictures?|photos?|descriptions?|images?|ad)",
    "(?:as|exactly|just like|exactly as|exactly what) (?:described|advertised|pictured|expected|listed|(?:the|in the) (?:pictures?|photos?|descriptions?|listing))|hidden (?:fee|cost|charge)s?|fine print|small print|(?:not|never|wasn'?t|weren'?t) (?:been )?(?:told|informed|aware|disclosed|mentioned|made aware|explained) (?:that|about|of|there|it|until|before|the)",
    "(?:label|package|box|description|listing|website|advert\\w*|ad|picture|photo|product page)\\b.{0,30}\\b(?:say|says|said|claim\\w*|state[sd]?|show\\w*|mention\\w*|mislead\\w*|wrong|inaccurate)|(?:advertis\\w+|claim\\w*|listed|labell?ed|marketed|described) (?:as|to be|it)|led (?:me|us) to believe|beware|be aware|would have been (?:nice|good|helpful) to know|i (?:had )?(?:thought|assumed) (?:it|i|this|we|they|that)|not disclose\\w*|lied|dishonest|knew what to expect|know what to expect|transparen\\w+|up ?front",
  ],
  PROMISE: [
    "on time|punctual|(?:arrived|came|delivered|shipped|got here|received)\\b.{0,25}\\b(?:quickly|fast|early|promptly|perfect|good condition|on time|late|broken|damaged|crushed|dented|stale|melted|wrong|open|empty|expired)|(?:fast|quick|prompt|speedy) (?:delivery|shipping|service|response|treatment)|works? (?:great|well|perfectly|fine|as)|seen (?:quickly|promptly|on time|straight|immediately)",
    "(?:never|not|didn'?t|hasn'?t|did not|has not) (?:arriv\\w+|come|came|show\\w*|turn\\w* up|deliver\\w*|receiv\\w+|work\\w*)|delay\\w*|\\blate\\b|cancel+ed|wait(?:ed|ing)?\\b.{0,20}\\b(?:hours?|hrs|weeks?|months?|days|mins|minutes)|(?:\\d+|two|three|four|five|six|several) (?:hours?|weeks?|months?) (?:late|wait|waiting|to be seen|delay)|waiting (?:times?|list)|long wait|wait (?:was|is|time)",
    "stopped working|(?:does|did|do)(?:n'?t| not) (?:even )?work|broke(?:n)?\\b|defective|faulty|leak\\w*|fell apart|missing|wrong (?:item|order|size|one|product|amount|address|room|medication)|out of order|not working|damaged|dented|stale|expired|overcharg\\w+|charged (?:me )?(?:twice|double|for)|double.?charged|incorrect|inaccurate|not mine|do(?:es)? not belong|not owe|never (?:opened|had|applied|authorized)|late payments?|unauthori[sz]ed|promis\\w+|guarantee\\w*|efficient|thorough|reliable|professional care",
  ],
  INFORM: [
    "kept? (?:me |us |you |people |patients |everyone )?(?:fully |well |constantly |always )?(?:informed|updated|up.?to.?date|posted|in the loop)|left in the dark|no (?:updates?|communication|information|notice|notification|explanation|warning|word|announcement)s?|(?:poor|lack of|bad|better|more|good|great|excellent|clear|improve|improved) (?:communication|information|explanations?)|communicat\\w+",
    "(?:was|were|been)(?:n'?t| not| never) (?:notified|informed|told|updated|given any)|never (?:told|notified|informed|heard|received any|sent me)|without (?:telling|notice|any notice|informing|notifying|warning|explanation|my knowledge)|(?:didn'?t|did not|don'?t|does not|failed to|never|nobody|no one) (?:tell|told|inform|notify|explain|explained|let (?:me|us)|advise|update)",
    "explain\\w* (?:everything|what|why|how|things|all|each|it|the|my|clearly|to)|everything (?:was )?explained|(?:let|lets|letting) (?:me|us|people|patients|you) know|answered (?:all )?(?:my|our|any) questions|told (?:me|us) what (?:was|they)|(?:different|conflicting|contradict\\w+) (?:information|stories|answers|advice)|no (?:idea|clue) (?:what|when|why|how)|why (?:my|the) (?:account|application|claim)|running late|results",
  ],
  INDIVID: [
    `(?:friendly|helpful|kind|caring|polite|courteous|lovely|welcoming|attentive|pleasant|considerate|compassionate|understanding|patient|wonderful|nice|supportive|rude|unfriendly|unhelpful|arrogant|dismissive|surly|abrupt|professional|great|fantastic|amazing|accommodating)\\b.{0,20}\\b${STAFF}|${STAFF}\\b.{0,40}\\b(?:friendly|helpful|kind|caring|polite|courteous|lovely|welcoming|attentive|pleasant|considerate|compassionate|understanding|patient|wonderful|nice|supportive|rude|unfriendly|unhelpful|arrogant|dismissive|surly|abrupt|accommodating|professional)`,
    "listen\\w*|(?:felt|feel|made (?:me|us) feel) (?:welcome|comfortable|at ease|cared|safe|like|heard|valued|rushed|judged|at home)|treated (?:me|us|with|like|as)|respect\\w*|dignity|out of (?:their|his|her) way|empath\\w+|compassion\\w*|reassur\\w+|put (?:me|us) at (?:my |our )?ease|nothing was too much|smil\\w+|rude\\w*|attitude|couldn'?t care less|don'?t care|harass\\w*|threaten\\w*|polite\\w*|courteous|kindness|gracious|hospitable|wonderful host|great hosts?",
    `(?:helpful|friendly|caring|welcoming|kind|polite|courteous) (?:and|,)|discriminat\\w+|loyal customer|as a (?:person|human)|personal touch|${NOT} (?:listen|care|interested|bothered)`,
  ],
  RIGHT: [
    "refund\\w*|reimburs\\w+|compensat\\w+|money back|replace(?:d|ment)|apolog\\w+|(?:not even|no|without) (?:an? )?(?:apology|sorry)|rectif\\w+|resolv\\w+|resolution|(?:fix|fixed|sort|sorted) (?:it|the|this|out|that|quickly|immediately|my)|put (?:it )?right|made (?:it|up for)",
    "complain\\w*|complaint|disput\\w+|investigat\\w+|escalat\\w+|manager\\b.{0,40}\\b(?:said|refus\\w+|would|offer\\w+|apolog\\w+|told|did)|customer service\\b.{0,40}\\b(?:refus\\w+|would not|wouldn'?t|did nothing|no help|never|told|said|useless|replied|responded)|(?:offered|gave) (?:us|me) (?:a |an )?(?:discount|free|upgrade|voucher|credit|another room|new room)|moved (?:us|me) to|change(?:d)? rooms?|took responsibility|no (?:response|reply|answer|help|solution)|nothing (?:was |has been )?done|did nothing|nothing they could do|still (?:not|no|waiting|hasn'?t|haven'?t)|re-?insert\\w*|remove (?:it|this|these|the)|(?:sent|written|mailed) (?:\\w+ )?(?:letters?|disputes?)|return(?:ed)? (?:it|them|this|the)|contacted (?:the )?(?:seller|company|manufacturer|customer)",
  ],
};

const SOURCES = NEEDS.map((need) => PATTERNS[need]);
const ALL = SOURCES.flat();
const STARTS = compileStarts(ALL, SEARCHED_MAX);
/** Tried at one place at a time. */
const AT_PLACE = ALL.map((pattern) => new RegExp(`\\b(?:${pattern})`, "iy"));
const PATTERNS_OF = SOURCES.map((sources) => sources.map((source) => ALL.indexOf(source)));
/** All needs ask about the same text one after the other. */
const last = { text: "", searched: "", starts: 0, patterns: 0 };

/** @returns how many signs of the need stand in the text, at most SIGNS_MAX */
export const countSigns = (text: string, need: number): number => {
  if (text !== last.text) readStarts(text);
  let count = 0;
  if (last.patterns === 0) return count;
  for (const index of PATTERNS_OF[need] ?? []) {
    const pattern = AT_PLACE[index];
    if (pattern === undefined || ((last.patterns >>> index) & 1) === 0) continue;
    for (let start = 0, from = 0; start < last.starts && count < SIGNS_MAX; start++) {
      const place = STARTS.at[start] ?? 0;
      if (place < from || (((STARTS.patterns[start] ?? 0) >>> index) & 1) === 0) continue;
      pattern.lastIndex = place;
      if (!pattern.test(last.searched)) continue;
      from = pattern.lastIndex;
      count++;
    }
  }
  return count;
};

const readStarts = (text: string): void => {
  last.text = text;
  last.searched = beginningOf(text);
  last.starts = STARTS.find(last.searched);
  last.patterns = 0;
  for (let start = 0; start < last.starts; start++) last.patterns |= STARTS.patterns[start] ?? 0;
};

const beginningOf = (text: string): string => (text.length > SEARCHED_MAX ? text.slice(0, SEARCHED_MAX) : text);

/** The same by searching every pattern everywhere; slower, and what the quick way is tested against. */
export const countSignsSlowly = (text: string, need: number): number => {
  let count = 0;
  for (const source of SOURCES[need] ?? []) count += beginningOf(text).match(new RegExp(`\\b(?:${source})`, "gi"))?.length ?? 0;
  return Math.min(count, SIGNS_MAX);
};
