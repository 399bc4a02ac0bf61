import { PersonaPicture } from "../../customers/customers.parts.ts";
import type { ListedMap } from "./maps.data.ts";

/** The picture of the persona a map is drawn for; nothing where it is drawn for nobody of that kind. */
export const MapPersona = ({ map: { viewpoint, personaPictureId }, size }: { map: Pick<ListedMap, "viewpoint" | "personaPictureId">; size: number }) =>
  viewpoint.kind === "persona" ? <PersonaPicture segmentId={viewpoint.personaId} pictureId={personaPictureId} name={viewpoint.name} size={size} /> : null;
