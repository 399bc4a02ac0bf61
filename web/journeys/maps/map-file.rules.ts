import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";

/** A map in a file, as it was saved here: the document alone or with its details.
 *  @returns null when the text is no such file; the server looks at every part of it again */
export const readMapFile = (text: string): { name: string; document: MapDocument } | null => {
  const file = parse(text);
  const document: unknown = isObject(file) && "document" in file ? file.document : file;
  if (!isDocument(document)) return null;
  const name: unknown = isObject(file) && "name" in file ? file.name : "";
  return { name: typeof name === "string" ? name : "", document };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isDocument = (value: unknown): value is MapDocument => isObject(value) && ["stages", "steps", "lanes", "cards", "measured"].every((list) => Array.isArray(Reflect.get(value, list)));
