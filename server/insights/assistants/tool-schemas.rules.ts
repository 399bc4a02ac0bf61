/** A schema of JSON, or a part of one. */
export type Schema = { [key: string]: unknown };

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

// Whoever writes arguments wants to know what they mean. What they may not be is refused with a reason when it comes; told with every tool, it was two thirds
// of what a program reads before its first question.
const unsaid = new Set(["pattern", "maxLength", "minLength", "maxItems", "minItems", "$schema"]);

/** The same schema in few words, which accepts no less: without patterns and lengths, and "one or several" told once.
 *  @param schema as JSON; not mutated */
export const shortenSchema = (schema: Schema): Schema => {
  const said = Object.fromEntries(Object.entries(schema).filter(([key]) => !unsaid.has(key)).map(([key, value]) => [key, shortenPart(key, value)]));
  const { anyOf, ...rest } = said;
  if (!Array.isArray(anyOf)) return said;
  const texts = anyOf.filter(isText);
  const lists = anyOf.filter((one) => isSchema(one) && one["type"] === "array" && isSchema(one["items"]) && isText(one["items"]));
  if (texts.length === anyOf.length) return { ...rest, type: "string", ...formatOf(texts, rest["description"]) };
  return texts.length > 0 && lists.length === 1 && texts.length + lists.length === anyOf.length ? { ...rest, type: ["string", "array"], items: { type: "string", ...formatOf(texts) } } : said;
};

const shortenPart = (key: string, value: unknown): unknown => {
  if (key === "properties" && isSchema(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isSchema(one) ? shortenSchema(one) : one]));
  if (Array.isArray(value)) return value.map((one) => (isSchema(one) ? shortenSchema(one) : one));
  return isSchema(value) && key !== "default" ? shortenSchema(value) : value;
};

/** A text of any words; the empty one, which stands for "not named", is one too. */
const isText = (value: unknown): value is Schema => isSchema(value) && value["type"] === "string" && value["enum"] === undefined && (value["const"] === undefined || value["const"] === "");

// "date" beside "date-time" is either, told behind what the text means; an id beside the empty text is an id.
const formatOf = (texts: readonly Schema[], meaning?: unknown): Schema => {
  const formats = [...new Set(texts.flatMap(({ format }) => (typeof format === "string" ? [format] : [])))];
  if (formats.length < 2) return formats.length === 1 ? { format: formats[0] } : {};
  return { description: [...(typeof meaning === "string" ? [meaning] : []), formats.join(" or ")].join(": ") };
};
