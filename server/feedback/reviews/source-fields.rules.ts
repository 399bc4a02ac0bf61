import type { SourceField } from "./connector.contract.ts";

export const textField = (name: string, isRequired: boolean, lengthMax: number = 300): SourceField => ({ name, isRequired, isSecret: false, kind: "text", lengthMax });
export const urlField = (name: string, isRequired: boolean): SourceField => ({ name, isRequired, isSecret: false, kind: "url", lengthMax: 1000 });
export const secretField = (name: string, isRequired: boolean): SourceField => ({ name, isRequired, isSecret: true, kind: "text", lengthMax: 2000 });
export const choiceField = (name: string, choices: readonly string[]): SourceField => ({ name, isRequired: true, isSecret: false, kind: "choice", choices, lengthMax: 60 });

export type FieldProblem = { field: string; problem: "missing" | "unknown" | "too_long" | "not_a_url" | "not_a_choice" };

/** What is wrong with the values of a form.
 *  @param hasSecret says which secrets are kept already, so that a change need not state them again */
export const checkFields = (
  fields: readonly SourceField[],
  given: { settings: Readonly<Record<string, string>>; secrets: Readonly<Record<string, string>> },
  hasSecret: (name: string) => boolean = () => false,
): FieldProblem[] => {
  const known = (isSecret: boolean) => new Set(fields.filter((field) => field.isSecret === isSecret).map(({ name }) => name));
  const [settings, secrets] = [known(false), known(true)];
  const strangers = [...Object.keys(given.settings).filter((name) => !settings.has(name)), ...Object.keys(given.secrets).filter((name) => !secrets.has(name))];
  return [
    ...strangers.map((field): FieldProblem => ({ field, problem: "unknown" })),
    ...fields.flatMap((field): FieldProblem[] => {
      const value = (field.isSecret ? given.secrets : given.settings)[field.name]?.trim() ?? "";
      if (value === "") return field.isRequired && !(field.isSecret && hasSecret(field.name)) ? [{ field: field.name, problem: "missing" }] : [];
      if (value.length > field.lengthMax) return [{ field: field.name, problem: "too_long" }];
      if (field.kind === "url" && !/^https?:\/\/[^\s]+$/i.test(value)) return [{ field: field.name, problem: "not_a_url" }];
      if (field.kind === "choice" && field.choices?.includes(value) !== true) return [{ field: field.name, problem: "not_a_choice" }];
      return [];
    }),
  ];
};
