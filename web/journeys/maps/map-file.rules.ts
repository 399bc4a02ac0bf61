import type { MapCard, MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { MapState, Viewpoint } from "@firsthand/server/journeys/maps/maps.contract";

/** `data` as base64. */
export type FilePhoto = { id: string; contentType: string; data: string };
/** `left`: what the file says and nobody can make sense of. */
export type MapFile = { name: string; description: string | null; state: MapState | null; viewpoint: Viewpoint | null; document: MapDocument; photos: FilePhoto[]; left: LeftDetail[] };
export type LeftDetail = "state" | "viewpoint" | "description";

/** A map in a file, as it was saved here: the document alone or with its details and photos.
 *  @returns null when the text is no such file; the server looks at every part of it again */
export const readMapFile = (text: string): MapFile | null => {
  const file = parse(text);
  const document: unknown = isObject(file) && "document" in file ? file.document : file;
  if (!isDocument(document)) return null;
  const [name, description, state, viewpoint, photos] = ["name", "description", "state", "viewpoint", "photos"].map((field): unknown => (isObject(file) ? Reflect.get(file, field) : undefined));
  const read: Pick<MapFile, LeftDetail> = { description: typeof description === "string" ? description : null, state: state === "as_is" || state === "to_be" ? state : null, viewpoint: readViewpoint(viewpoint) };
  const given = { description, state, viewpoint };
  return {
    ...read, name: typeof name === "string" ? name : "", document, photos: Array.isArray(photos) ? photos.filter(isPhoto) : [],
    left: details.filter((detail) => given[detail] !== undefined && given[detail] !== null && read[detail] === null),
  };
};

/** Cards of a document that show a photo of the file, with that photo. */
export const cardsWithPhotos = ({ document, photos }: MapFile): { card: MapCard; photo: FilePhoto }[] =>
  document.cards.flatMap((card) => photos.filter(({ id }) => id === card.fileId).slice(0, 1).map((photo) => ({ card, photo })));

/** The bytes of a photo; none when it is no base64. */
export const bytesOf = ({ data }: FilePhoto): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
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
const details = ["description", "state", "viewpoint"] as const satisfies readonly LeftDetail[];

/** Whose journey it is, as far as it is told: a persona without its customers is one all the same, a segment without an id is none. */
const readViewpoint = (value: unknown): Viewpoint | null => {
  if (!isObject(value)) return null;
  const [kind, segmentId, personaId, name, story] = ["kind", "segmentId", "personaId", "name", "story"].map((field): unknown => Reflect.get(value, field));
  if (kind === "everyone") return { kind };
  if (kind === "segment") return isId(segmentId) ? { kind, segmentId } : null;
  if (kind !== "persona" || typeof name !== "string" || name.trim() === "") return null;
  return { kind, name: name.trim().slice(0, 120), story: typeof story === "string" ? story.slice(0, 4_000) : "", segmentId: isId(segmentId) ? segmentId : null, personaId: isId(personaId) ? personaId : null };
};
// As strict as the server (RFC 9562: a version and a variant), which takes no part of a map with an id that is none.
const isId = (value: unknown): value is string => typeof value === "string" && /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/iu.test(value);
const isPhoto = (value: unknown): value is FilePhoto => isObject(value) && ["id", "contentType", "data"].every((field) => typeof Reflect.get(value, field) === "string");
