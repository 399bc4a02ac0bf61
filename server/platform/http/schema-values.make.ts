// Values that resemble what a schema asks for, down to its innermost fields: nonsense that is refused at the door tests only the door.
import fc from "fast-check";

/** What stands in for a value: `wrong` is anything instead of it, `text` any text, `id` an id that may exist. */
export type Leaves = { wrong: fc.Arbitrary<unknown>; text: fc.Arbitrary<unknown>; id: fc.Arbitrary<unknown> };

const DEPTH_MAX = 8;
// One part in forty is wrong: bodies of twenty parts are then as often sound as not.
const WEIGHT_FITTING = 39;
const TEXTS = ["irrelevant", "irrelevant", ",", "en", "UTC", "user:42", "irrelevant-password-1", "2026-01-01T00:00:00.000Z", "irrelevant@example.com"];
const NUMBERS = [0, -1, 1, 2, 5, 10, 0.5, 1e9, 2 ** 31, 2 ** 53, -1e308, 5e-324];

/** Makes values of the shape of a zod schema; now and then a part of them is anything else, is missing, or is a text that does not fit. */
export const valuesLike = (schema: unknown, leaves: Leaves, depth = 0): fc.Arbitrary<unknown> => {
  if (depth > DEPTH_MAX) return leaves.wrong;
  return fc.oneof({ weight: 1, arbitrary: leaves.wrong }, { weight: WEIGHT_FITTING, arbitrary: fitting(schema, leaves, depth + 1) });
};

const fitting = (schema: unknown, leaves: Leaves, depth: number): fc.Arbitrary<unknown> => {
  const inside = (part: unknown): fc.Arbitrary<unknown> => valuesLike(part, leaves, depth);
  switch (partOf(schema, "type")) {
    case "object":
      return recordLike(schema, inside);
    case "array":
      return fc.array(inside(partOf(schema, "element")), { maxLength: 3 });
    case "tuple":
      return fc.tuple(...listIn(partOf(schema, "items")).map(inside));
    case "record":
      return fc.dictionary(fc.string({ maxLength: 10 }), inside(partOf(schema, "valueType")), { maxKeys: 3 });
    case "union":
      return fc.oneof(...listIn(partOf(schema, "options")).map(inside));
    case "optional":
    case "default":
    case "prefault":
    case "catch":
      return fc.option(inside(partOf(schema, "innerType")), { nil: undefined, freq: 3 });
    case "nullable":
      return fc.option(inside(partOf(schema, "innerType")), { nil: null, freq: 3 });
    case "pipe":
      return inside(partOf(schema, "in"));
    default:
      return leafLike(schema, leaves);
  }
};

const recordLike = (schema: unknown, inside: (part: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  const fields = Object.entries(Object(partOf(schema, "shape")));
  const model = Object.fromEntries(fields.map(([name, part]) => [name, inside(part)]));
  return fc.oneof({ weight: 4, arbitrary: fc.record(model) }, { weight: 1, arbitrary: fc.record(model, { requiredKeys: [] }) });
};

const leafLike = (schema: unknown, leaves: Leaves): fc.Arbitrary<unknown> => {
  switch (partOf(schema, "type")) {
    case "string":
      return textLike(partOf(schema, "format"), leaves);
    case "number":
    case "int":
      return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(...NUMBERS));
    case "boolean":
      return fc.boolean();
    case "enum":
      return oneOf(Object.values(Object(partOf(schema, "entries"))), leaves);
    case "literal":
      return oneOf(listIn(partOf(schema, "values")), leaves);
    default:
      return leaves.wrong;
  }
};

const textLike = (format: unknown, leaves: Leaves): fc.Arbitrary<unknown> => {
  if (format === "uuid" || format === "guid") return leaves.id;
  const sound = format === "datetime" ? ["2026-01-01T00:00:00.000Z", "2026-11-21T11:59:59.999Z"] : format === "email" ? ["irrelevant@example.com"] : TEXTS;
  return fc.oneof({ weight: 1, arbitrary: leaves.text }, { weight: 5, arbitrary: fc.constantFrom(...sound) });
};

const oneOf = (values: readonly unknown[], leaves: Leaves): fc.Arbitrary<unknown> => (values.length === 0 ? leaves.wrong : fc.constantFrom(...values));

// The description a schema carries of itself: `schema.def` of zod 4.
const partOf = (schema: unknown, name: string): unknown => {
  const definition: unknown = typeof schema === "object" && schema !== null ? Reflect.get(schema, "def") : undefined;
  return typeof definition === "object" && definition !== null ? Reflect.get(definition, name) : undefined;
};
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
