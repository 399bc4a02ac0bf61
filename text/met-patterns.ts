// Wordings that say by themselves whether a need is met ("on time", "as described") or not ("never arrived"): what a comment says of one need may be praise
// while its words, added up, complain. They were written from the guideline, from comments on which whether needs are met is not measured, and after reading what was
// read wrongly in some on which it is. Wordings of putting right are left out: those who complain tell what was refunded too, and the figures fell.
import type { Need } from "./reading.ts";

const DENIED = "(?:did|do|does|was|were|is|are|has|have|had|could|would|ca|wo|should)n'?t";

type Wordings = { met: readonly string[]; unmet: readonly string[] };

export const MET_WORDINGS: Partial<Record<Need, Wordings>> = {
  EASY: {
    met: [
      "sav(?:es?|ed|ing) (?:me |us |you )?(?:a |the |from )?(?:queue|queuing|lines?|hassle|trouble|standing)|never (?:need|needed|have|had) to (?:call|ring|phone|wait|queue)|without (?:queu\\w+|waiting)|dead (?:simple|easy)|no nonsense",
      "skip\\w* the|handy|easy as|at the (?:touch|click)|smoothly|painlessly|effortlessly|simple (?:to|and|process)|without (?:any )?(?:trouble|difficulty|hassle|effort)|saved (?:me |us )?(?:a |the )?(?:trip|time|wait|journey|hours?)",
      "understandable|timely manner",
      "(?:so|very|really|super|extremely|quite|pretty|is|was|made|makes|how|and|get(?:s|ting)? it) (?:easy|easier|simple|straight ?-?forward|quick and easy|hassle ?-?free|convenient|effortless|smooth|painless|seamless)|easiest",
      "easily (?:get|got|book\\w*|found|find|access\\w*|arrang\\w*)|easy (?:to|process|check|access|booking|use|sign|app)|no (?:hassle|queue|wait\\w*|line|paperwork|problem|trouble|hold)s?",
      "(?:answered|picked up|got through|through|connected|responded|response)(?: \\w+){0,4} (?:quick\\w*|fast|prompt\\w*|immediately|straight away|in seconds|acceptable)",
      "(?:quick|fast|swift|speedy|smooth|efficient)(?:ly)? (?:check|to|and easy|answer|response|boarding|booking)|user.?friendly|breeze|a click|few clicks|one click|one call|well thought|instant\\w*|can'?t get any easier",
      "(?:could not|couldn'?t) (?:be|have been) (?:easier|simpler)",
    ],
    unmet: [
      "faff|hassle|trouble|lost\\b|got lost|took a while|ordeal|pain in|a pain|clunky|glitch\\w*|no (?:parking|signs?|access|internet)|not (?:well )?(?:posted|signed|signposted|work\\w*|allowed|available|possible)",
      `(?:not|${DENIED}) work\\w*|won'?t|wouldn'?t|line (?:of|was|to)|far away|wait\\w* (?:in|on|for|to)|had to (?:call|ring|go|walk|drive|send|wait|do|fill|repeat)|on hold`,
      "queu\\w+|hung up|run ?around|passed (?:around|from)|transferred|(?:could not|couldn'?t) (?:get|find|reach|contact|access|log|book|use|speak)|can'?t (?:get|find|reach|contact|access|log|book|use|speak|cancel)",
      "cannot (?:get|find|reach|contact|access|log|book|use|speak)|unable to (?:get|find|reach|contact|access|log|book|use|speak|cancel)|impossible|difficult|hard to|struggl\\w+|confus\\w+|complicated|frustrat\\w+",
      "not (?:easy|simple|clear|straight)|easier|quicker|simpler|nightmare|slow|crash\\w*|too many|long (?:line|queue|wait)|no (?:way|number|phone|one|response|answer|option)|over an hour|repeat\\w*|paperwork",
    ],
  },
  EXPECT: {
    met: [
      "(?:before|earlier than|sooner than|more than|better than) (?:i |we )?expected|nothing (?:was )?hidden|the price you (?:see|saw)|was right|clear about|told me (?:straight|clearly|honestly|up)",
      "(?:just |exactly |precisely )?as (?:advertised|described|pictured|listed|promised|shown|expected|stated|in the (?:pictures?|photos?|description))|exactly (?:as|what|like)|just like the (?:picture|photo|description|website)s?",
      "(?:true|accurate) (?:to |description|photos?)|(?:met|exceed\\w+|beyond|surpass\\w+|above|lived up to) (?:all |my |our |the )?expectations?|clear(?:ly)? (?:explain\\w*|inform\\w*|instruct\\w*|set out)",
      "explain(?:ed|s|ing) (?:everything|what|the|how|all|clearly|in)|transparent|no (?:hidden|surprises)|honest|up ?front|knew (?:exactly )?what|actually over|better than (?:i |we )?(?:expected|described|the pictures)",
    ],
    unmet: [
      "lack of|got the impression|misinformation|(?:smaller|bigger|less|worse|different) than|looks (?:bigger|nicer|better)|doesn'?t look|not up to|unlike|no (?:mention|indication|warning)|however|but (?:it|the|they|i|when|my)",
      "not (?:\\w+ )?(?:as|what|like|told|informed|aware|disclosed|mentioned|accurate|clear|honest)|nothing like|mislead\\w*|misled|false\\w*|decept\\w*|deceiv\\w*|hidden|never (?:told|mentioned|informed|said|disclosed)",
      `${DENIED} (?:told|informed|aware|mention\\w*|say|tell|know|match|look|described)|lied|lies|scam|bait|fine print|small print|beware|disappoint\\w*`,
      `thought (?:it|this|i|we|that|they)|(?:not|${DENIED}|i|we|as i|what i) expect\\w*|would have been|should (?:have|say|tell)`,
      "(?:more|better|clearer) (?:accurate|info\\w*|explanation|honest)|be more|unclear|wrong|surprised to|extra|additional|only to|turned out|chargeable|supposed",
    ],
  },
  PROMISE: {
    met: [
      "(?:on|by|before|exactly|just|right) (?:the )?(?:very )?(?:promised|agreed|given|stated|same|exact|right|day|date) (?:date|day|time|promised|agreed|they|it|she|he|i|given)|(?:just|exactly|right) when (?:they|he|she|it|you|i)",
      "in the (?:window|slot|time)|(?:gave|give)(?: \\w+){0,3} (?:date|time|word|promise) and (?:\\w+ ){0,2}(?:kept|stuck)|(?:stuck|sticks?) to it|kept it\\b|nothing (?:was |is |were )?(?:missing|broken|damaged)|what (?:i|we) ordered is what",
      "none (?:was |were )?(?:broken|missing|damaged|late)|never (?:late|broken|a delay|failed)|not (?:a single|one) (?:delay|problem)|on the day|(?:fault|flaw|seam)less\\w*|instant\\w*",
      "without (?:hesitation|a hitch|delay|any (?:problems?|issues?|delay|hesitation))|in no time|no complaints|work(?:s|ed) (?:out )?(?:perfectly|as advertised|fine|great|well)",
      "took (?:only |just )?(?:\\d+|five|ten|two|three|a few) (?:mins?|minutes|days?|hours?)|saved (?:us|me|our|my)|did (?:very )?well|everything (?:was|is) (?:ready|perfect|fine)|impeccabl\\w+|spot on|never let|dependable|trustworthy",
      "consistent(?:ly)?|(?:on|in good|right on|always on|bang on|perfectly on)(?:-| )time|punctual\\w*|(?:very |in a )?timely|prompt(?:ly)?",
      "(?:arriv|came|come|deliver|ship|receiv|rec|got|paid|reimburs|process|approv|seen|turned up|picked up|responded|dealt|sorted|sent|completed)\\w*(?: \\w+){0,7} (?:quick\\w*|fast\\w*|swift\\w*|speedily|early|on time|promptly|immediately|straight away|in (?:great|good|perfect|excellent) (?:condition|shape|time)|well (?:packaged|packed)|well preserved|fresh|safely|intact|next day|same day|within|in (?:a few|just|only|under|less|\\d+|two|three|five) (?:\\w+ )?(?:days?|hours?|mins|minutes))",
      "(?:quick|fast|swift|speedy|rapid|quicker|faster)(?:ly|ness)? (?:delivery|shipping|shipment|service|response|payment|turn|process\\w*|arriv\\w+|reimburse\\w*|claim\\w*|settle\\w*)|quick(?:ness|ly) (?:of|to)|well pack\\w*|packaged well",
      "shipped well|works? (?:great|well|perfectly|fine|wonderfully|as|like)|reliab\\w+|thorough\\w*|efficient\\w*|no (?:delays?|wait|waiting|problems?|issues?|outages?)|never (?:had|been|let|fail\\w*|missed|a problem)",
      "kept (?:their|his|her) (?:word|promise)|as promised|same day|next day|straight ?away|inside \\d+|within (?:\\d+|a|an|one|two|a few|half|minutes|hours|days|the hour)|in (?:5|10|15|20) ?min\\w*|earlier than|ahead of|sooner than",
      "correct (?:medication|item|order)",
    ],
    unmet: [
      "(?:days?|weeks?|months?|hours?|much|far) later than|(?:\\d+|two|three|four|five) (?:days|weeks|months) later\\b|problems?|issues?|bugs?|buggy|glitch\\w*|mix.?up",
      `(?:did|does|do|was|were|is|are) ?(?:not|${DENIED}) work\\w*|ran out|trouble|bad experience|lack of|not (?:up to|clean\\w*|ready|what)`,
      "takes? (?:too|so|ages|forever|a long)|ages to|drawbacks?|downside|mold\\w*|block(?:ed|s) me|freez\\w+|crash\\w*|messed|unavailable|not available|lost (?:my|our|the)|no towels|delay\\w*|\\blate\\b|cancel\\w+",
      "never (?:arriv\\w*|came|show\\w*|receiv\\w*|got|deliver\\w*|called|work\\w*|again)",
      `(?:not|${DENIED}) (?:\\w+ )?(?:arriv\\w*|come|came|show|receiv\\w*|got|deliver\\w*|work\\w*|call\\w*|paid|pay|happen\\w*|done|ready|clean\\w*|fixed|get)`,
      "wait(?:ed|ing)? (?:\\w+ ){0,3}(?:hours?|hrs|weeks?|months?|days|ages|long|forever|too)|long wait|waiting (?:time|list)s?|took (?:too|so|ages|forever|over|a long|\\d+|hours|weeks|months|longer)|broke\\w*|broken|damag\\w*|crush\\w*",
      "dent\\w*|stale|melted|wrong|missing|defect\\w*|faulty|leak\\w*|expired|out of date|mouldy|moldy|overcharg\\w*|charged (?:me )?(?:twice|double)|incorrect|error|mess\\w* up|let (?:me|us|him|her) down",
      "still (?:waiting|not|have|hasn'?t|haven'?t|no)|stopped|useless|failed|fail|unreliable|dirty|filthy|too (?:long|much time)|longer|quicker|faster|speed (?:things )?up|earlier|shorter|only (?:received|got|one)",
      "(?:was|were|been|is|are) (?:\\w+ )?supposed|promised (?:\\w+ )?(?:but|and never|never)|(?:empty|broken|false|non) promises?|instead of|yet (?:to|we)|outage|down\\b",
    ],
  },
  INFORM: {
    met: [
      "never (?:had|needed|need|have) to (?:chase|ask|call|ring|wonder|phone)|without (?:my |me |our |us )?(?:asking|having to ask|chasing)|before (?:i|we) (?:even )?(?:had to|noticed|asked|could)|good mails|clear mails",
      "at every (?:step|stage)|told (?:me|us) about the delay|tracking was (?:right|accurate|clear|spot)|keep(?:s|ing)? (?:me|us|you|my \\w+) (?:\\w+ )?(?:informed|updated|posted|up)|notified (?:us|me)|updated (?:with|on|me|us|by)",
      "follow(?:ed)? up|phone back to|clear\\w* (?:and|information|answers|explained|explanation)|understandable|advised (?:me|us)|reminders?",
      "(?:great|good|excellent|helpful|useful|best|exceptional) (?:\\w+ )?(?:advice|information|communication)",
      "kept? (?:me |us |you |everyone |my \\w+ )?(?:fully |well |constantly |always |regularly |very )?(?:informed|updated|up.?to.?date|posted|in the loop)|keeps? (?:me|us) (?:informed|updated|posted)",
      "regular(?:ly)? (?:updat\\w+|contact|inform\\w*|call\\w*)|(?:great|good|excellent|clear|brilliant|fantastic|wonderful|amazing|super|quick|prompt|responsive) (?:\\w+ )?(?:communicat\\w+|information|informative|advice|explanation)",
      "communicat\\w+ (?:was|is|has been|were)(?: \\w+){0,2} (?:good|great|excellent|clear|superb|prompt|easy|responsive)|explain\\w* (?:everything|what|why|how|things|all|each|it|clearly|well|very)|everything (?:was )?explained",
      "(?:informed|told|notified|advised|updated|called|rang|phoned|contacted) (?:me |us )?(?:of|about|when|that|to (?:say|check|let|confirm|update))|answered (?:all )?(?:my|our|any) questions|let(?:s|ting)? (?:me|us) know",
      "notifi(?:es|cations?)|appropriate advice|informative|provided (?:me|us) with (?:\\w+ )?info\\w*|all the information",
    ],
    unmet: [
      "no (?:one|body) (?:could|can|seem\\w*|would)|unaware|useless|never (?:ever )?(?:said|say|tell|told|got|showed)|only (?:found|find) out|as (?:to )?why|nobody|panick?ed|inaccurate|incorrect|wrong (?:info\\w*|advice|date|time)",
      "mis.?inform\\w*|nothing more|no (?:updates?|communication|information|notice|notification|explanation|warning|word|one (?:told|tells|knew|knows|called|informed)|idea)",
      "not (?:\\w+ )?(?:inform\\w*|told|notif\\w*|updat\\w*|explain\\w*|communicat\\w*|given|kept)",
      `${DENIED} (?:\\w+ )?(?:inform\\w*|told|tell|notif\\w*|updat\\w*|explain\\w*|communicat\\w*|let|know|given|say|kept)`,
      "never (?:\\w+ )?(?:inform\\w*|told|notif\\w*|updat\\w*|heard|received|called|explain\\w*|contacted)|without (?:telling|notice|any|inform\\w*|notif\\w*|explanation|warning)|in the dark|lack of|poor (?:communication|information)",
      "(?:better|more|improve\\w*|clearer|keep|should|could|would) (?:\\w+ ){0,3}(?:communicat\\w+|informed|information|info|update[sd]?|notice|explain\\w*|told|call|advice)|conflicting|different (?:info\\w*|stor\\w+|answers?|advice|things)",
      "contradict\\w+|refus\\w+|failed|had to (?:call|chase|ask|ring|contact)|where possible|inconsisten\\w*|confus\\w+|still (?:don'?t|do not|no|waiting)",
    ],
  },
  INDIVID: {
    met: [
      "felt (?:listened|heard|welcome|valued|understood|looked)|treated (?:me|us) (?:with|like a (?:person|human|friend|king|queen)|well|kindly|very well)",
      "(?:friendly|helpful|kind|caring|polite|courteous|lovely|welcoming|attentive|pleasant|considerate|compassionate|supportive|accommodating|professional|respectful|warm|gracious|patience|willing to|reassur\\w+|listened|listens?|nice|wonderful|amazing|fantastic|great|excellent|calm\\w*|encourag\\w+|understanding|empath\\w+)\\b",
      "at ease|nothing (?:was|is) (?:too much|a bother)|out of (?:their|his|her) way|above and beyond|extra mile|taken into account",
    ],
    unmet: [
      "(?:could|should|need|needs|would) (?:\\w+ ){0,3}(?:more|better)|how you treat|below par|below average|not (?:good|great|the best|very)|poor\\w*|bad\\b|terrible|awful|horrible|worst|shocking|disgust\\w+|appall\\w+|aloof|snooty|argu\\w+",
      "shout\\w*|yell\\w*|laugh\\w* at|talk(?:ed|ing) down|lazy|insult\\w*|treated (?:us|me|like|as|with)? ?(?:like|as if)|rude\\w*|unfriendly|unhelpful|arrogan\\w+|dismissive|ignor\\w+|didn'?t (?:care|listen|help|seem|want|even)",
      "don'?t (?:care|listen|help|seem|want|even)|not (?:\\w+ )?(?:care|listen\\w*|help\\w*|friendly|interested|polite|welcom\\w*|kind|nice|treated)|no (?:empathy|compassion|care|respect|sympathy|interest)|attitude|disrespect\\w*|condescend\\w*",
      "patroni[sz]\\w*|unprofessional|disinterest\\w*|uninterest\\w*|surly|abrupt|cold|harass\\w*|threat\\w*|discriminat\\w*|like (?:a (?:number|criminal|liar|child)|idiots?|dirt)|couldn'?t care|loyal|unfair",
      "more (?:friendly|caring|helpful|understanding|compassion|respect|empathy)|wind\\w* me up",
    ],
  },
};
