/** What a file of a survey holds: the definition itself, or one wrapped as our own exports of other places do. The server checks the rest. */
export const readSurveyFile = (content: string): { ok: true; definition: unknown } | { ok: false } => {
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return { ok: false };
    return { ok: true, definition: Reflect.get(parsed, "definition") ?? parsed };
  } catch {
    return { ok: false };
  }
};

/** What a refused definition is refused for, one sentence for each place: "questions.3.type: Invalid input". */
export const refusedPlaces = (failure: unknown): string[] => {
  const details: unknown = failure instanceof Error ? Reflect.get(failure, "details") : null;
  const fields: unknown = typeof details === "object" && details !== null ? (Reflect.get(details, "fields") ?? details) : [];
  const places = Array.isArray(fields) ? fields.flatMap((one: unknown): string[] => {
    const [field, problem] = [Reflect.get(Object(one), "field"), Reflect.get(Object(one), "problem")];
    return typeof field === "string" && typeof problem === "string" ? [`${field.replace(/^body\.definition\.?/, "") || "survey"}: ${problem}`] : [];
  }) : [];
  return places.length > 0 ? places : [failure instanceof Error ? failure.message : String(failure)];
};
