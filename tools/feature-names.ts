/** The words of a new feature in every spelling the code needs. */
export type FeatureNames = {
  module: string;
  /** As in folders and addresses: `price-lists`. */
  feature: string;
  /** As in code, many: `priceLists`, `PriceLists`. */
  many: string;
  Many: string;
  /** As in code, one: `priceList`, `PriceList`. */
  one: string;
  One: string;
  /** As in tables: `price_lists`. */
  table: string;
  /** For people: `Price lists`, `price list`. */
  title: string;
  oneInWords: string;
};

/** Derives the words from a plural in small letters with hyphens.
 *  @param one the singular where it is not the plural without its "s": `analysis` of `analyses` */
export const nameFeature = (module: string, feature: string, one: string = singularOf(feature)): FeatureNames => ({
  module,
  feature,
  many: camel(feature),
  Many: pascal(feature),
  one: camel(one),
  One: pascal(one),
  table: feature.replaceAll("-", "_"),
  title: capital(feature.replaceAll("-", " ")),
  oneInWords: one.replaceAll("-", " "),
});

const singularOf = (plural: string): string => {
  if (plural.endsWith("ies")) return `${plural.slice(0, -3)}y`;
  if (/(ss|x|zz|ch|sh)es$/.test(plural)) return plural.slice(0, -2);
  return plural.endsWith("s") ? plural.slice(0, -1) : plural;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const pascal = (name: string): string => name.split("-").map(capital).join("");
const camel = (name: string): string => name.split("-").map((part, place) => (place === 0 ? part : capital(part))).join("");
