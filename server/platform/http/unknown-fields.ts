import { Readable } from "node:stream";
import { z } from "zod";
import { findNearestName } from "./nearest-name.rules.ts";

/** A field that no part of the schema reads. `known` are the fields that stand at its place. */
export type UnknownField = { path: readonly (string | number)[]; known: readonly string[] };

const NAMES_SAID = 30;

/** What of a value would be dropped without a word when its schema reads it.
 *  @param value as it came, before defaults; it need not fit the schema
 *  @returns in the order written, at most `most`; empty where the schema takes anything (`z.looseObject`, `z.unknown`, what a transformation is given) */
export const findUnknownFields = (schema: unknown, value: unknown, most: number): UnknownField[] => {
  const found: UnknownField[] = [];
  collect(schema, value, { path: [], found, most });
  return found;
};

/** Says it so that the caller can mend it: the field that was meant, else those there are. */
export const describeUnknownField = ({ path, known }: UnknownField): string => {
  if (known.length === 0) return "is unknown: nothing is read here";
  const nearest = findNearestName(String(path.at(-1)), known);
  if (nearest !== null) return `is unknown (did you mean "${nearest}"?)`;
  const rest = known.length - NAMES_SAID;
  return `is unknown (known are ${known.slice(0, NAMES_SAID).join(", ")}${rest > 0 ? ` and ${rest} more` : ""})`;
};

type Search = { path: readonly (string | number)[]; found: UnknownField[]; most: number };

const collect = (schema: unknown, value: unknown, search: Search): void => {
  if (value === null || value === undefined || search.found.length >= search.most) return;
  if (schema instanceof z.ZodObject) collectInObject(schema, value, search);
  else if (schema instanceof z.ZodArray) eachOf(value, (one, index) => collect(schema.element, one, inside(search, index)));
  else if (schema instanceof z.ZodTuple) eachOf(value, (one, index) => collect(schema.def.items[index] ?? schema.def.rest, one, inside(search, index)));
  else if (schema instanceof z.ZodRecord) for (const [name, one] of fieldsOf(value)) collect(schema.valueType, one, inside(search, name));
  else if (schema instanceof z.ZodUnion) collect(optionFor(schema, value), value, search);
  else if (schema instanceof z.ZodPipe) collect(schema.in, value, search);
  else if (schema instanceof z.ZodLazy) collect(schema.unwrap(), value, search);
  else if (isWrapped(schema)) collect(schema.unwrap(), value, search);
};

const collectInObject = (schema: z.ZodObject, value: unknown, search: Search): void => {
  const known = Object.keys(schema.shape);
  const { catchall } = schema.def;
  const isOpen = catchall !== undefined && !(catchall instanceof z.ZodNever);
  for (const [name, one] of fieldsOf(value)) {
    if (search.found.length >= search.most) return;
    if (Object.hasOwn(schema.shape, name)) collect(schema.shape[name], one, inside(search, name));
    else if (!isOpen) search.found.push({ path: [...search.path, name], known });
  }
};

// The first that fits is the one that reads. Where none does, the one whose fixed words fit is what was meant.
const optionFor = (schema: z.ZodUnion, value: unknown): unknown =>
  schema.options.find((option) => option instanceof z.ZodType && option.safeParse(value).success) ?? schema.options.find((option) => isMeant(option, value));

const isMeant = (option: unknown, value: unknown): boolean => {
  if (!(option instanceof z.ZodObject)) return false;
  const words = Object.entries(option.shape).flatMap(([name, part]) => (part instanceof z.ZodLiteral ? [{ part, given: Reflect.get(Object(value), name) }] : []));
  return words.length > 0 && words.every(({ part, given }) => part.safeParse(given).success);
};

const isWrapped = (schema: unknown): schema is { unwrap: () => unknown } =>
  [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault, z.ZodCatch, z.ZodReadonly, z.ZodNonOptional].some((kind) => schema instanceof kind);

const inside = (search: Search, step: string | number): Search => ({ ...search, path: [...search.path, step] });

const eachOf = (value: unknown, look: (one: unknown, index: number) => void): void => {
  if (Array.isArray(value)) value.forEach(look);
};

// A body of bytes is no record of fields.
const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Readable);
const fieldsOf = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);
