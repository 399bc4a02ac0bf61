import type { MapCard, MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { MapState, Viewpoint } from "@firsthand/server/journeys/maps/maps.contract";

/** `data` as base64. */
export type FilePhoto = { id: string; contentType: string; data: string };
export type MapFile = { name: string; description: string | null; state: MapState | null; viewpoint: Viewpoint | null; document: MapDocument; photos: FilePhoto[] };

/** A map in a file, as it was saved here: the document alone or with its details and photos.
 *  @returns null when the text is no such file; the server looks at every part of it again */
export const readMapFile = (text: string): MapFile | null => {
  const file = parse(text);
  const document: unknown = isObject(file) && "document" in file ? file.document : file;
  if (!isDocument(document)) return null;
  const [name, description, state, viewpoint, photos] = ["name", "description", "state", "viewpoint", "photos"].map((field): unknown => (isObject(file) ? Reflect.get(file, field) : undefined));
  return {
    name: typeof name === "string" ? name : "", description: typeof description === "string" ? description : null, state: state === "as_is" || state === "to_be" ? state : null,
    viewpoint: isViewpoint(viewpoint) ? viewpoint : null, document, photos: Array.isArray(photos) ? photos.filter(isPhoto) : [],
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
const isViewpoint = (value: unknown): value is Viewpoint => isObject(value) && ["everyone", "segment", "persona"].includes(String(Reflect.get(value, "kind")));
const isPhoto = (value: unknown): value is FilePhoto => isObject(value) && ["id", "contentType", "data"].every((field) => typeof Reflect.get(value, field) === "string");
