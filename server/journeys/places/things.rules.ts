import { plainWords } from "../touchpoints/guess.rules.ts";
import { textField } from "../touchpoints/message.rules.ts";
import type { Things } from "../touchpoints/touchpoints.rules.ts";
import type { RegisterEntry } from "./places.contract.ts";
import { productsIn, wordsOf } from "./sightings.rules.ts";

type Thing = Pick<RegisterEntry, "name" | "formerNames" | "alsoCalled" | "field">;
export type RegisteredThings = { environments: readonly Thing[]; products: readonly Thing[] };

export const compileThings = ({ environments, products }: RegisteredThings): Things => {
  const [environmentNames, productNames] = [namesOf(environments), namesOf(products)];
  const fields = [...new Set(products.flatMap(({ field }) => (field === null ? [] : [field])))];
  return {
    environmentOf: (written) => environmentNames.get(plainWords(written)) ?? written,
    productOf: (fact) => {
      if (fact.message === null) return null;
      const named = productsIn(fact).map(({ name, values }) => [name, ...values].map((value) => productNames.get(plainWords(value))).find((found) => found !== undefined) ?? name);
      // A property of one's own may hold anything: only what is registered is a product there.
      const own = fields.flatMap((field) => productNames.get(plainWords(textField(fact.message, field) ?? "")) ?? []);
      const [only, ...others] = new Map([...named, ...own].map((name) => [plainWords(name), name])).values();
      return only === undefined || others.length > 0 ? null : only;
    },
  };
};

const namesOf = (things: readonly Thing[]): Map<string, string> => {
  const names = new Map<string, string>();
  for (const thing of things) for (const words of wordsOf(thing)) if (words !== "" && !names.has(words)) names.set(words, thing.name);
  return names;
};
