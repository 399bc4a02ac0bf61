import { expect, test } from "vitest";
import { askedBy } from "./asked.ts";

test.each([
  "What did you like?", "What did you like most about your visit?", "What was good?", "What went well?", "What do we do well?", "What did we do particularly well?", "Is there anything you really liked?", "What is the best thing about our app?", "Pros",
  "positive_review", "whatWasGood", "Was hat Ihnen gefallen?", "Was war besonders gut?", "Was gefällt dir an uns?", "Lob", "Qu’avez-vous aimé ?", "Qu’est-ce qui vous a plu ?", "Points forts", "¿Qué es lo que más le gustó?", "¿Qué fue lo mejor?", "Cosa le è piaciuto di più?",
  "Do que mais gostou?", "Wat vond u goed?", "Vad var bra?", "Vad tyckte du bäst om?", "Hva likte du best?", "Hvad var godt?", "Mistä pidit?", "Co się podobało?", "Co se vám líbilo?",
])("%s asks for praise", (wording) => {
  expect(askedBy(wording)).toBe("praise");
});

test.each([
  "What could we do better?", "How could we improve?", "What could be improved", "What should we improve, {{trait.first_name|you}}?", "Is there anything we could have done better?", "What would have made it better?", "What did you not like?", "What didn’t you like?", "What did you like least?", "What did you dislike?",
  "What was not good?", "What is still missing for you?", "What stood in your way?", "What went wrong?", "Any areas for improvement", "What should we do differently?", "negative_review", "Cons", "Improvements", "Was könnte besser sein?", "Was konnte besser sein?", "Was können wir besser machen?",
  "Was hat Ihnen nicht gefallen?", "Was hat Ihnen gefehlt?", "Verbesserungsvorschläge", "Was sollten wir verbessern?", "Que pourrions-nous améliorer ?", "Que pouvons-nous faire de mieux ?", "Qu’est-ce qui ne vous a pas plu ?", "¿Qué podríamos mejorar?", "¿Qué no le gustó?", "Cosa possiamo migliorare?",
  "Cosa potremmo fare meglio?", "Cosa non le è piaciuto?", "O que podemos melhorar?", "Do que não gostou?", "Wat kunnen we verbeteren?", "Wat kan er beter?", "Wat vond u niet goed?", "Vad kan vi förbättra?", "Vad kunde vi ha gjort bättre?", "Hva kan vi forbedre?", "Hvad kan vi gøre bedre?", "Mitä voisimme parantaa?", "Co możemy poprawić?", "Co se Vám nelíbilo?", "Co můžeme zlepšit?",
])("%s asks what could be better", (wording) => {
  expect(askedBy(wording)).toBe("better");
});

test.each([
  "Please tell us why", "Any other comments?", "What is the main reason for your score?", "Why did you give this score?", "What should we know?", "Comment", "Comments", "Kommentar", "", "What would have kept you?", "Whom do you go to instead?", "What did you feel, and when?",
  "Please describe any things about the service that you were particularly satisfied and/or dissatisfied with", "What did you like and what could be better?", "What did you like or dislike?", "Was war gut, was könnte besser sein?", "Qu’avez-vous aimé, et que pourrions-nous améliorer ?", "Do you feel better now?", "Did you like the food?", "How do you like our shop?", "What would you like to see next?", "Is your issue solved?",
  "Geht es Ihnen gut?", "How likely are you to recommend us?", "Where are you, and what are you trying to do as a customer?", "Feedback", "Which of our products do you use?", "Wie lange sind Sie schon Kunde?", "何が良かったですか",
])("%s asks for neither, or for both", (wording) => {
  expect(askedBy(wording)).toBeNull();
});

test("a wording of any length is answered", () => {
  const wordings = ["what ".repeat(100_000), "did you ".repeat(50_000), "{{".repeat(100_000), `what ${"not so very ".repeat(20_000)}`];
  expect(wordings.map(askedBy)).toEqual([null, null, null, null]);
});
