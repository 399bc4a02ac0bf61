import { describe, expect, test } from "vitest";
import { mentionsSeenIn, personalSearches, searchesSeenIn } from "./cues.ts";
import { mentionPatterns, productPhrase } from "./mention-patterns.ts";
import { findPersonalData, findPersonalDataSlowly, redact } from "./personal-data.ts";
import type { PersonalData } from "./reading.ts";
import { readRealTexts } from "./real-texts.make.ts";

const redacted = (text: string): string => redact(text, findPersonalData(text));

const parts = ["Mr ", "Mrs Hill", "my name is ", "Anna", "@", "a.b@c.de", "+44 ", "0", "12", "4111 1111 ", "1111", ".", ":", " ", "-", "\n", "order no ", "#", "é", "\u00a0", "Straße 5", "14 Oak Road", "ip ", "2001:", "db8::1", "AB12", "GB82 WEST 1234 5698 7654 32", "call ", "Dear ", "Hi ", "Frau ", "Me llamo ", "rue ", "Calle ", "weg 3", "nurse ", "Terminal 5", "iPhone 12", "at reception", " was so helpful", "the ", "bank app", "flight to ", "my ", " Hotel", "Regards, ", "SW1A 1AA", "Miss ", " sincerely ", " in ", "a new ", "(", ")", "/", "x", "😀", ","];

const randomTexts = function* (count: number, from: readonly string[] = parts): Generator<string> {
  let seed = 7;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < count; round += 1) yield Array.from({ length: 1 + next(9) }, () => from[next(from.length)] ?? "").join(next(3) === 0 ? " " : "");
};

describe("personal data", () => {
  test.each([
    ["Write to anna.hill+test@mail.example.co.uk, please.", "Write to [email], please."],
    ["(me@example.com)", "([email])"],
    ["Mail: o'neil@example.org.", "Mail: [email]."],
    ["a@b.de and c@d.fr", "[email] and [email]"],
    ["@KlaraM please help, @klara_m!", "[handle] please help, [handle]!"],
    ["Ring me on 07700 900123 after six", "Ring me on [phone] after six"],
    ["+44 (0)20 7946 0958 is mine", "[phone] is mine"],
    ["call (212) 555-0142 or 212-555-0143.", "call [phone] or [phone]."],
    ["1-800-555-0199", "[phone]"],
    ["Tel: 030/23125 456", "Tel: [phone]"],
    ["au 06 12 34 56 78 svp", "au [phone] svp"],
    ["au 06\u00a012\u00a034\u00a056\u00a078 svp", "au [phone] svp"],
    ["my mobile 9876543210", "my mobile [phone]"],
    ["On 01.02.2023 I rang 0171 1234567", "On 01.02.2023 I rang [phone]"],
    ["paid with 4111 1111 1111 1111 on Monday", "paid with [card] on Monday"],
    ["5555555555554444", "[card]"],
    ["3782-822463-10005 exp 08/27", "[card] exp 08/27"],
    ["on 12 4111 1111 1111 1111 08/27", "on 12 [card] 08/27"],
    ["IBAN DE89 3704 0044 0532 0130 00 AND MORE", "IBAN [iban] AND MORE"],
    ["GB82WEST12345698765432.", "[iban]."],
    ["from 192.168.44.7 yesterday", "from [ip] yesterday"],
    ["my ip is 10.0.0.1", "my ip is [ip]"],
    ["2001:db8::ff00:42:8329", "[ip]"],
    ["order number 40213 is late", "order number [id] is late"],
    ["Order No. AB-40213/7 is late", "Order No. [id] is late"],
    ["my order #9981234", "my order #[id]"],
    ["policy HX99887766 lapsed", "policy [id] lapsed"],
    ["NHS number 943 476 5919", "NHS number [id]"],
    ["claim reference: 2023-ABX-771.", "claim reference: [id]."],
    ["SSN 078-05-1120", "SSN [id]"],
    ["NI AB 12 34 56 C", "NI [id]"],
    ["Bestellnummer 12345 fehlt", "Bestellnummer [id] fehlt"],
    ["numéro de commande : 55120", "numéro de commande : [id]"],
    ["Mrs Hill and Dr. van der Berg saw me", "Mrs [name] and Dr. [name] saw me"],
    ["DR SMITH WAS RUDE", "DR [name] WAS RUDE"],
    ["my name is Anna Hill and I", "my name is [name] and I"],
    ["Dear Anna, thank you", "Dear [name], thank you"],
    ["Hi Tom!\nfine", "Hi [name]!\nfine"],
    ["Very poor.\nKind regards,\nAnna Hill", "Very poor.\nKind regards,\n[name]"],
    ["an agent called Priya hung up", "an agent called [name] hung up"],
    ["Frau Müller war nett", "Frau [name] war nett"],
    ["I live at 14 Oak Tree Road, Leeds LS1 4AP now", "I live at [address] now"],
    ["221B Baker Street", "[address]"],
    ["Hauptstraße 12, 10115 Berlin ist", "[address] ist"],
    ["12 rue de la Paix, 75002 Paris", "[address]"],
    ["Via Roma, 12", "[address]"],
    ["postcode SW1A 1AA", "postcode [address]"],
    ["Springfield, IL 62704", "Springfield, [address]"],
  ])("is found in %j", (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

  test.each([
    "It cost $1,299.99, then 1 000 000 and 10.000,00 €.",
    "On 2023-01-15 14:30, 15/01/2023, 01-02-2023 0900 and 12.30-14.45.",
    "Version 10.2.1.3, v192.168.44.7, iOS 17.4.1.2 and 1.2.3.4",
    "I ordered 2 pizzas; order of 10000 units; order 66; case 2020",
    "Room 1204, flight BA2490, gate B12, seat 14A, 24/7, 5 stars, 10/10",
    "Card 4111 1111 1111 1112 fails its check; 0000 0000 0000 0000 too",
    "DE89370400440532013001 fails its check",
    "Dr Pepper, Mr Kipling, Dear Sir or Madam, Dear Team, I Miss You",
    "Breakfast @ 9, @9am and @ home. Rated 9.5 @10.99",
    "at 12:30:45, MAC 00:1B:44:11:3A:B7, std::vector",
    "A M4 3GB laptop with 5 Star Service for 20 people",
    "ISBN 978-3-16-148410-0",
    "It took 45 minutes and 3 calls in 2019, 2020 and 2021-2022-2023.",
    "Pi is 0.1234567890 and 3.14159265358979",
    "same name, no name is known; renamed",
    "Our mini bus met El Nino 1997",
    "100% of 12345678901 reviews",
    "",
  ])("is not seen in %j", (text) => {
    expect(findPersonalData(text)).toEqual([]);
  });

  test("comes in the order of the text without overlaps, with the places of characters", () => {
    const text = "😀 order number 9000123 from 4111111111111111, me@x.org";

    expect(findPersonalData(text).map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([["id", "9000123"], ["card", "4111111111111111"], ["email", "me@x.org"]]);
  });

  const words = ["order ", "Order No. ", "_order 12345", "éorder 12345", "policy HX99887766 ", "#", "12345", "AB-40213/7", "National Insurance", "ni ", "nino2884", "n° ", "numéro de commande : ", "código de cliente ", "ref", "refund 2 123", "078-05-1120", "-", ":", "licence ", "CASE", "customer-id", "Kundennummer ", "X", " ", "AB 12 34 56 C", "account no", "\ufefforder ", "\u00a0", "is", "–", "№ ", "192.168.44.7", "\t", "in London", "My", "Ünal ", "Bahnhofstrasse 12", "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", ", NY 10001"];

  test("is found alike by looking for cues first and without", () => {
    let places = 0;
    for (const text of [...randomTexts(4_000), ...randomTexts(4_000, words), ...randomTexts(2_000, [...parts, ...words]), ...readRealTexts(40)]) {
      const quick = findPersonalData(text);
      places += quick.length;
      expect(quick, text).toEqual(findPersonalDataSlowly(text));
    }
    expect(places).toBeGreaterThan(1_500);
  });

  test("and mentions are never where the cue of their search is missing", () => {
    const matched = new Set<string>();
    for (const text of [...randomTexts(6_000), ...randomTexts(3_000, words), ...randomTexts(3_000, [...parts, ...words])]) {
      const searches = searchesSeenIn(text);
      for (const search of personalSearches) {
        const found: PersonalData[] = [];
        search.find(text, found);
        if (found.length === 0) continue;
        matched.add(search.cue);
        expect(searches, `${text} ${search.cue}`).toContain(search);
      }
      const seen = mentionsSeenIn(text);
      for (const [place, { cue, pattern }] of [productPhrase, ...mentionPatterns].entries()) {
        if (text.search(pattern) < 0) continue;
        matched.add(cue);
        expect(seen & (1 << place), `${text} ${cue}`).not.toBe(0);
      }
    }
    const cues = [...personalSearches, productPhrase, ...mentionPatterns].map(({ cue }) => cue);
    expect([...new Set(cues)].filter((cue) => !matched.has(cue))).toEqual([]);
  });

  test.each(["@", "a@", "a.", "1", "0", "01 ", "1 ", "4 ", "1-", "1.", "::", "a:", "f", "+1", "(0", "order ", "order no ", "NHS 12 ", "call ", "call 1", "Mr ", "Mr A ", "Miss A", "Dear ", "Dear A", "A", "Ab ", "1 A ", "12 Oak of the ", "Aa-", "Straße ", "12 rue de ", "Via A ", "AB12 ", "GB82", "#1", "regards A ", "\n H", "é", "\ud800", "é1", "my name is A b"])("takes linear time on 100 kB of %j", (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    findPersonalDataSlowly(text.slice(0, 1_000));
    const started = performance.now();
    findPersonalDataSlowly(text);

    // Five times what is needed on a busy machine; a pattern that backtracks takes minutes.
    expect(performance.now() - started).toBeLessThan(500);
  });
});
