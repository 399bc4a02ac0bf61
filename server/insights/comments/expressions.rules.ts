// From single words with weights to what a reader would underline: expressions of a few words, and no word that says nothing alone.

export type WeighedWord = { from: number; to: number; weight: number };

const EXPRESSIONS_MAX = 3;
const WORDS_MAX = 6;
/** What brought less than this part of what the strongest brought is noise to a reader. */
const SHARE_OF_STRONGEST_MIN = 0.45;
/** A word between two that carry is read with them; each costs so much of the strongest, so that an expression is not stretched for nothing. */
const BETWEEN_COST = 0.08;
/** A word that spoke against the result by more than this part of what the one beside it brought is not read with it. */
const AGAINST_MAX = 0.5;

/** The expressions that carried a result, strongest first.
 *  @param words of the text with what each brought, in any order; below nothing: it spoke against the result
 *  @returns at most three, each within a clause, with what its words brought together; none where only words carried it that say nothing alone */
export const expressionsOf = (text: string, words: readonly WeighedWord[]): WeighedWord[] => {
  const tokens = tokensOf(text, words);
  const strongest = tokens.reduce((most, { kind, weight }) => (kind === "telling" ? Math.max(most, weight) : most), 0);
  const candidates = stretchesOf(tokens, strongest * BETWEEN_COST).toSorted((one, other) => other.worth - one.worth || one.first - other.first);
  const least = (candidates[0]?.worth ?? 0) * SHARE_OF_STRONGEST_MIN;
  const chosen: Stretch[] = [];
  for (const candidate of candidates) {
    if (chosen.length === EXPRESSIONS_MAX || candidate.worth < least) break;
    if (!chosen.some((other) => overlap(other, candidate) || saysAgain(tokens, other, candidate))) chosen.push(candidate);
  }
  return chosen.map(({ weight, ...stretch }) => {
    const { first, last } = rounded(tokens, stretch);
    return { from: tokens[first]?.from ?? 0, to: tokens[last]?.to ?? 0, weight };
  });
};

/** `telling`: says something alone; `turning`: turns round or strengthens what comes after it; `small`: neither.
 *  `clause` counts what stands between commas, full stops and such words as "but". */
type Token = WeighedWord & { word: string; kind: "telling" | "turning" | "small"; clause: number };
/** Words next to each other, by the places of the first and the last. */
type Stretch = { first: number; last: number; weight: number; worth: number };

const tokensOf = (text: string, words: readonly WeighedWord[]): Token[] => {
  const ordered = words.toSorted((one, other) => one.from - other.from);
  let [clause, end, next] = [0, 0, 0];
  return [...text.matchAll(/\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu)].map((found) => {
    const [from, word] = [found.index, found[0].toLowerCase().replaceAll("’", "'")];
    if (/[.,;:!?…()[\]\n]|\s[-–—]+\s/u.test(text.slice(end, from)) || breakingWords.has(word)) clause += 1;
    end = from + found[0].length;
    // What carried may begin at a quotation mark or a dash, which is no part of a word here.
    while ((ordered[next]?.to ?? Infinity) <= from) next += 1;
    const weight = (ordered[next]?.from ?? Infinity) < end ? (ordered[next++]?.weight ?? 0) : 0;
    return { from, to: end, word, weight, kind: turningWords.has(word) ? "turning" : smallWords.has(word) ? "small" : "telling", clause };
  });
};

/** All stretches within a clause that begin with a word that carried, end with one that says something alone, and hold one that did both. */
const stretchesOf = (tokens: readonly Token[], cost: number): Stretch[] =>
  tokens.flatMap((begin, first): Stretch[] => {
    if (begin.weight <= 0 || begin.kind === "small") return [];
    const found: Stretch[] = [];
    let [weight, worth, isTold] = [0, 0, false];
    for (let last = first; last < first + WORDS_MAX; last += 1) {
      const token = tokens[last];
      if (token?.clause !== begin.clause) break;
      weight += token.weight;
      worth += token.weight > 0 ? token.weight : token.weight - cost;
      isTold ||= token.kind === "telling" && token.weight > 0;
      if (isTold && token.kind === "telling" && (token.weight > 0 || tokens[last - 1]?.kind === "turning")) found.push({ first, last, weight, worth });
    }
    return found;
  });

const overlap = (one: Stretch, other: Stretch): boolean => one.first <= other.last && other.first <= one.last;

/** A lone word that stands in an expression already, said once more. */
const saysAgain = (tokens: readonly Token[], said: Stretch, again: Stretch): boolean =>
  again.first === again.last && tokens.slice(said.first, said.last + 1).some(({ word }) => word === tokens[again.first]?.word);

/** With what belongs to it: a "not" just before or one word further, and beside a lone word the telling one next to it: "excellent" to "staff". */
const rounded = (tokens: readonly Token[], { first, last }: Pick<Stretch, "first" | "last">): Pick<Stretch, "first" | "last"> => {
  const isBeside = (place: number, kind: Token["kind"]): boolean => tokens[place]?.clause === tokens[first]?.clause && tokens[place]?.kind === kind;
  const turn = [first - 2, first - 1].find((place) => isBeside(place, "turning"));
  if (turn !== undefined) return { first: turn, last };
  if (first !== last) return { first, last };
  const isOfOneMind = (place: number): boolean => isBeside(place, "telling") && (tokens[place]?.weight ?? 0) > -AGAINST_MAX * (tokens[first]?.weight ?? 0);
  if (isOfOneMind(first - 1)) return { first: first - 1, last };
  return isOfOneMind(last + 1) ? { first, last: last + 1 } : { first, last };
};

const wordsIn = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

/** With these another thought begins. */
const breakingWords = wordsIn("but however although though because unless whereas");

const turningWords = wordsIn("no not never without cannot can't couldn't didn't don't doesn't isn't wasn't weren't won't wouldn't hasn't haven't hadn't too more less very so");

/** Words of English that say nothing alone, here as anywhere. */
const smallWords = wordsIn(`
  a an the and or but nor if then than because although though however while when where which who whom whose what how why that this these those there here
  i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs one ones someone somebody everyone everybody anyone anybody
  am is are was were be been being do does did done have has had having can could will would shall should may might must
  to of in on at for from with by as into onto about over under out up down off through after before between during since until
  all any some every each both either much many most such own same other another just also even only again ever yet still rather quite
  i'm i've i'd i'll it's that's there's they're we're you're he's she's let's s t re ve ll d`);
