import { type ChangeEvent, useState } from "react";

type Errors<Values> = Partial<Record<keyof Values, string>>;

export type Fields<Values> = {
  values: Values;
  errors: Errors<Values>;
  set: (patch: Partial<Values>) => void;
  /** For Mantine's text inputs: `<TextInput {...fields.text("name")} />`. */
  text: (name: keyof Values & string) => {
    name: string;
    value: string;
    error: string | undefined;
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  };
  /** Runs the rules, shows what is wrong and says whether all is right. */
  check: () => boolean;
};

/** The values of a form of strings, with rules per field.
 *  @param rules a sentence when a value is wrong, null when it is right */
export const useFields = <Values extends Readonly<Record<string, string>>>(
  initial: Values,
  rules: Partial<Record<keyof Values, (value: string, values: Values) => string | null>> = {},
): Fields<Values> => {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Errors<Values>>({});
  const set = (patch: Partial<Values>): void => {
    setValues((before) => ({ ...before, ...patch }));
    setErrors((before) => withoutKeys(before, Object.keys(patch)));
  };
  const change = (name: keyof Values & string, value: string): void => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => withoutKeys(before, [name]));
  };
  const check = (): boolean => {
    const found: Errors<Values> = {};
    for (const name in values) {
      const sentence = rules[name]?.(values[name] ?? "", values) ?? null;
      if (sentence !== null) found[name] = sentence;
    }
    setErrors(found);
    return Object.keys(found).length === 0;
  };
  const text: Fields<Values>["text"] = (name) => ({
    name,
    value: values[name] ?? "",
    error: errors[name],
    onChange: (event) => change(name, event.currentTarget.value),
  });
  return { values, errors, set, text, check };
};

const withoutKeys = <Values>(errors: Errors<Values>, names: readonly string[]): Errors<Values> => {
  const kept: Errors<Values> = { ...errors };
  for (const name in kept) if (names.includes(name)) delete kept[name];
  return kept;
};

/** The fields that differ from what a form was opened with: sending the others would write over what somebody else changed meanwhile.
 *  @returns null when none does */
export const changedFields = <Values extends object>(opened: Values, now: Values): Partial<Values> | null => {
  const changed: Partial<Values> = {};
  for (const name in now) if (JSON.stringify(now[name]) !== JSON.stringify(opened[name])) changed[name] = now[name];
  return Object.keys(changed).length === 0 ? null : changed;
};
