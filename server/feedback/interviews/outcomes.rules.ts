/** What came of a call, by the codes of AAPOR. `group` is the letter the response rates count it under: complete, partial, refusal, non-contact, other,
 *  unknown whether there is anybody eligible (UH), unknown otherwise (UO), or not eligible at all. */
export type Outcome = { code: string; name: string; group: "I" | "P" | "R" | "NC" | "O" | "UH" | "UO" | "NE"; isFinal: boolean };

/** Outcomes an interviewer chooses from; those that are not final lead to another try.
 *  Source: AAPOR, "Standard Definitions", 10th edition 2023, table of final disposition codes for telephone surveys. */
export const OUTCOMES: readonly Outcome[] = [
  { code: "1.1", name: "Complete interview", group: "I", isFinal: true },
  { code: "1.2", name: "Partial interview", group: "P", isFinal: true },
  { code: "2.11", name: "Refused", group: "R", isFinal: true },
  { code: "2.12", name: "Broke off", group: "R", isFinal: true },
  { code: "2.13", name: "Asked never to be called again", group: "R", isFinal: true },
  { code: "2.21", name: "Person not available, call back", group: "NC", isFinal: false },
  { code: "2.22", name: "Voicemail of the person", group: "NC", isFinal: false },
  { code: "2.31", name: "Deceased", group: "O", isFinal: true },
  { code: "2.32", name: "Not able to answer", group: "O", isFinal: true },
  { code: "2.33", name: "No common language", group: "O", isFinal: true },
  { code: "3.12", name: "Always busy", group: "UH", isFinal: false },
  { code: "3.13", name: "No answer", group: "UH", isFinal: false },
  { code: "3.14", name: "Voicemail, not known whose", group: "UH", isFinal: false },
  { code: "3.16", name: "Technical trouble", group: "UO", isFinal: false },
  { code: "4.31", name: "Number does not work", group: "NE", isFinal: true },
  { code: "4.51", name: "Wrong number", group: "NE", isFinal: true },
  { code: "4.70", name: "Nobody eligible", group: "NE", isFinal: true },
];

/** Code of people who were never called. */
export const NOT_CALLED = "3.11";

export const findOutcome = (code: string): Outcome | null => OUTCOMES.find((outcome) => outcome.code === code) ?? null;

export type OutcomeCounts = Record<Outcome["group"], number>;

/** Counts by group.
 *  @param counted how many people ended with each code; unknown codes and people never called count as unknown (UH) */
export const groupOutcomes = (counted: readonly { code: string; count: number }[]): OutcomeCounts => {
  const groups: OutcomeCounts = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };
  for (const { code, count } of counted) groups[findOutcome(code)?.group ?? "UH"] += count;
  return groups;
};

/** The six response rates, as shares from 0 to 1, and the share of the unknown taken for eligible in RR3 and RR4.
 *  @returns null where nobody is in the denominator
 *  Source: AAPOR, "Standard Definitions", 10th edition 2023: RR1 = I/((I+P)+(R+NC+O)+(UH+UO)); RR2 adds P above; RR3 and RR4 count e(UH+UO) only;
 *  RR5 and RR6 leave the unknown out. e by proportional allocation: eligible among those whose eligibility is known. */
export const responseRates = ({ I, P, R, NC, O, UH, UO, NE }: OutcomeCounts): Record<"RR1" | "RR2" | "RR3" | "RR4" | "RR5" | "RR6" | "e", number | null> => {
  const known = I + P + R + NC + O;
  const unknown = UH + UO;
  const e = known + NE === 0 ? null : known / (known + NE);
  const share = (above: number, below: number): number | null => (below === 0 ? null : above / below);
  return {
    RR1: share(I, known + unknown), RR2: share(I + P, known + unknown),
    RR3: e === null ? null : share(I, known + e * unknown), RR4: e === null ? null : share(I + P, known + e * unknown),
    RR5: share(I, known), RR6: share(I + P, known), e,
  };
};
