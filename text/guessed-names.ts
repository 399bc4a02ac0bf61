// What may be listed of what was guessed. A list stands before everybody and outlives a text, and "I went back to Emily Brown" looks like a place:
// so only what cannot be a person is listed, and a name the workspace does not know stays marked in its text alone.
import type { MentionKind } from "./reading.ts";

/** Whether a guessed name can be nobody's: it bears a number or a site's word, is written like a make ("PlayStation"), or is a thing of a company ("mobile app"). */
export const isNobody = (kind: MentionKind, name: string): boolean => {
  if (kind === "person" || kinWords.test(name)) return false;
  if (/\d/u.test(name)) return true;
  return kind === "place" ? siteWords.test(name) : ofCompany.test(name) || isMake(name);
};

const kinWords = /(?:^|\s)(?:aunt|auntie|aunty|uncle|grandma|grandpa|granny|gran|nan|nana|grandmother|grandfather|mother|father|mum|mom|dad|sister|brother|cousin|niece|nephew|son|daughter|husband|wife|partner|friend|neighbour|neighbor|mr|mrs|ms|miss|mx|dr|doctor|professor|prof|nurse|sir)(?:\s|$)/iu;

// Not "Park" nor "Hall": Park and Hall are surnames of many, and "back to Emily Park" is not to be told from "back to Hyde Park".
const siteWords = /(?:^(?:Terminal|Gate|Ward|Platform|Pier)|^Hall(?=\s[A-Z]$)|\s(?:Hotel|Airport|Station|Hospital|Branch|Store|Street|Road|Avenue|Beach|Square|Centre|Center|Museum|Restaurant|Clinic|Surgery|Mall|Market|Plaza|Island|University|Library|Resort|Lounge|Depot)$)(?=\s|$)/u;

// Only in small letters: "the Sarah card" may be hers, and Card is a surname.
const ofCompany = /^\p{Ll}[\p{Ll}-]+\s(?:app|router|card|phone|laptop|printer|website|broadband|subscription|headphones|camera|watch|tablet|modem|mattress|kettle|vacuum)$/u;

// One word alone: "Anna DeMarco" is a person, and so is "MaryAnn".
const make = /^(?:i\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+\p{Lu}\p{L}+)(?:\s(?:Pro|Max|Plus|Mini|Air|Ultra))?$/u;
const personBefore = /^(?:Mc|Mac(?!Book)|O|De|Des|Di|Du|Da|La|Las|Le|Les|Van|Von|Fitz|St|Ja|Ke|Ra|Sha|Ta|Mary|Maria|Marie|Jo|Ann|Anna|Anne|Lou|Billy|Bobby|Sue|Peggy|Terry|Rose|Ruth|Carol|Betty|Bettie|Emma|Lee|Leigh|Jean|John|Juan|Karl|Hans|Rae)(?=\p{Lu})/u;
const personBehind = /\p{Ll}(?:Ann|Anne|Anna|Marie|Lynn|Lyn|Lynne|Lou|Beth|Sue|Lee|Leigh|Jo|Jane|Jean|Kate|Rose|Grace|Ellen|Belle|May|Mae|Ray|Paul)(?=\s|$)/u;

const isMake = (name: string): boolean => make.test(name) && !personBefore.test(name) && !personBehind.test(name);
