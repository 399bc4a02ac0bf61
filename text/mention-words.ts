// Words with a capital that name no person, place or product, and words before "app" or "card" that tell no product apart.
import type { MentionKind } from "./reading.ts";

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const anything = setOf(
  "I I'm I've I'd I'll A An And As At But By For From He Her Here His How If In Is It Its My No Not Of Ok On Or Our Please She So Sorry Thank Thanks That The Their Them Then There They This To Very Was We Were What When Where Which While Who Why With Would You Your Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter Xmas God Lord Customer Customers Service Services Staff Everyone Everybody Someone Nobody Anyone Overall Also However Just Still Although Because Since After Before During Until Even Only Great Good Nice Bad Best Worst Excellent Terrible Awful Lovely Amazing Yes Never Always",
);
const noPlaces = setOf(
  "English French German Spanish Italian Dutch Chinese Japanese Arabic Hindi Polish Portuguese Russian Word Excel Chrome Safari Firefox Windows Android Apple Google Amazon Facebook Twitter Instagram WhatsApp YouTube Netflix Ebay eBay PayPal Email HD TV PDF GB MB USB Business Economy First Class Premium General Fact Short Summary Addition Conclusion Particular Spring Summer Autumn Winter Dr Mr Mrs Ms Prof Mum Dad Mom Reception Breakfast Housekeeping Support Sales Claims Billing X XX XXX XXXX ICU IT HR AM PM CEO Covid COVID Hell Truth",
);
const noPeople = setOf(
  "Reception Breakfast Housekeeping Support Sales Manager Team Food Room Rooms Hotel Bar Restaurant Doctors Nurses Nurse Doctor Drivers Driver Agent Agents Delivery Pepper Martens Right Special Appointment Care Uber Union Online Tech Technical Claims Billing Help Desk Center Centre Management Crew Cabin Flight Checkin Check-in XX XXX XXXX Receptionist Receptionists Waiter Waiters Waitress Consultant Person Lady Guy Man Woman People Company Communication Treatment Everything Nothing Experience Insurance Dr Mr Mrs Ms Prof Station Operations Assistance",
);
const noProducts = setOf("Dear Friend Birthday God Mum Dad Mom Husband Wife Opinion Experience Review X XX XXX XXXX LinkedIn YouTube TripAdvisor TrustPilot Trustpilot PayPal Mr Mrs Dr Ms");

export const isNoName = (word: string, kind: MentionKind): boolean =>
  anything.has(word) || (kind === "place" ? noPlaces : kind === "person" ? noPeople : noProducts).has(word) || (word.length > 4 && word === word.toUpperCase() && !/\d/.test(word));

const adjectives = setOf(
  "same whole new old entire other wrong right first next last only best worst damn stupid actual current own main good bad great nice awful terrible horrible useless broken poor little small big large cheap expensive free faulty bloody said particular previous original second third latest existing amazing excellent fantastic lovely very replacement different correct updated upgraded defective dead used whatever entire overall specific lost stolen expired usual normal proper full half damaged so-called faster slower better my your our their his her the this that a an",
);

/** "the new app" tells no more than "the app". */
export const isNoHead = (words: string): boolean => {
  const [first = "", head = ""] = words.toLowerCase().split(" ");
  return first === head || first.startsWith("xx") || adjectives.has(first);
};
