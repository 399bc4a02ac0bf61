/** What the contact policy asks consent for. */
export const CONSENT_PURPOSES = ["survey", "notice", "campaign", "reply"] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** The purpose in the contact policy that a question's own word stands for; null for a word that is kept with the answer only.
 *  Getting in touch about what somebody said is a reply to it. */
export const consentPurposeOf = (word: string | undefined): ConsentPurpose | null =>
  word === "follow_up" ? "reply" : (CONSENT_PURPOSES.find((purpose) => purpose === word) ?? null);

export type StatedConsent = { questionId: string; purpose: ConsentPurpose; isGiven: boolean };

/** What a response says about consent that was not said already.
 *  @param answers choices by question, of those shown and answered; empty for a response that counts for nothing
 *  @param stated what was said by the same response before: an answer that is gone is taken back */
export const newConsents = (
  questions: readonly { id: string; type: string; purpose?: string | undefined }[],
  answers: Readonly<Record<string, readonly string[]>>,
  stated: readonly StatedConsent[],
): StatedConsent[] =>
  questions.flatMap(({ id, type, purpose: word }) => {
    const before = stated.find(({ questionId }) => questionId === id);
    const purpose = type === "consent" ? (before?.purpose ?? consentPurposeOf(word)) : null;
    const choices = Object.hasOwn(answers, id) ? answers[id] : undefined;
    if (purpose === null || (choices === undefined && before === undefined)) return [];
    const isGiven = choices?.includes("yes") === true;
    return before?.isGiven === isGiven ? [] : [{ questionId: id, purpose, isGiven }];
  });
