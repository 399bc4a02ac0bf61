/** A trait as text: texts as they are, everything else as JSON. */
export const shownValue = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What a member typed, kept as the kind of value the trait had: "7" stays a number where it was one; empty clears. */
export const typedValue = (text: string, before: unknown): string | number | boolean | null => {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (typeof before === "number" && Number.isFinite(Number(trimmed))) return Number(trimmed);
  if (typeof before === "boolean" && (trimmed === "true" || trimmed === "false")) return trimmed === "true";
  return trimmed;
};
