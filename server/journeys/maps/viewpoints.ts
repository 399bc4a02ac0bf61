// Whose journey a map shows: looked up when it is chosen, and again whenever it is shown.
import { findCustomer, findSegment, holdErasuresOff, listPersonasAmong } from "#customers";
import { transaction, type Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { sayChanged } from "./found-map.ts";
import type { Viewpoint } from "./maps.contract.ts";
import { mapErrors } from "./maps.errors.ts";
import { keepPersona, type MapHeadRow } from "./maps.queries.ts";

const everyone: Viewpoint = { kind: "everyone" };

/** A viewpoint as it is kept, with the name and story its persona has now.
 *  @param isFromElsewhere what this workspace does not have is left out instead of refused
 *  @throws map_segment_unknown, map_persona_unknown, map_customer_unknown */
export const settleViewpoint = async (tx: Queryable, workspaceId: string, given: Viewpoint, isFromElsewhere: boolean): Promise<Viewpoint> => {
  switch (given.kind) {
    case "everyone": return given;
    case "segment": return (await isSegment(tx, workspaceId, given.segmentId)) ? given : isFromElsewhere ? everyone : refuseSegment();
    case "persona": return settlePersona(tx, workspaceId, given, isFromElsewhere);
    case "customer": {
      await holdErasuresOff(tx, workspaceId);
      if ((await findCustomer(tx, workspaceId, given.customerId)) !== null) return given;
      if (isFromElsewhere) return everyone;
      throw mapErrors.refuse("map_customer_unknown", "There is no such customer in this workspace. Choose another.");
    }
  }
};

/** Maps as they are shown: each persona of the workspace under the name and with the story it has now. */
export const showPersonas = async <Map extends Pick<MapHeadRow, "viewpoint">>(db: Queryable, workspaceId: string, maps: readonly Map[]): Promise<(Map & { isPersonaGone: boolean; personaPictureId: string | null })[]> => {
  const ids = new Set(maps.flatMap(({ viewpoint }) => (viewpoint.kind === "persona" && viewpoint.personaId !== null ? [viewpoint.personaId] : [])));
  const personas = new Map(ids.size === 0 ? [] : (await listPersonasAmong(db, workspaceId, [...ids])).map((persona) => [persona.id, persona]));
  return maps.map((map) => {
    const { viewpoint } = map;
    if (viewpoint.kind !== "persona" || viewpoint.personaId === null) return { ...map, isPersonaGone: false, personaPictureId: null };
    const persona = personas.get(viewpoint.personaId);
    return persona === undefined ? { ...map, isPersonaGone: true, personaPictureId: null } : { ...map, viewpoint: { ...viewpoint, name: persona.name, story: persona.story }, isPersonaGone: false, personaPictureId: persona.pictureId };
  });
};

/** Keeps the name and story a persona has now with the maps drawn for it, so that they outlast it, and tells whoever has one open. Hearing it twice changes nothing. */
export const followPersona = ({ db }: Services, workspaceId: string, segmentId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const persona = (await listPersonasAmong(tx, workspaceId, [segmentId]))[0] ?? null;
    for (const map of await keepPersona(tx, workspaceId, segmentId, persona)) await sayChanged(tx, workspaceId, map);
  });

type PersonaView = Extract<Viewpoint, { kind: "persona" }>;

const settlePersona = async (tx: Queryable, workspaceId: string, given: PersonaView, isFromElsewhere: boolean): Promise<Viewpoint> => {
  if (given.personaId !== null) {
    const [persona] = await listPersonasAmong(tx, workspaceId, [given.personaId]);
    if (persona !== undefined) return { kind: "persona", name: persona.name, story: persona.story, segmentId: persona.id, personaId: persona.id };
    if (!isFromElsewhere) throw mapErrors.refuse("map_persona_unknown", "There is no such persona in this workspace. Choose another, or make one up.");
  }
  const { segmentId } = given;
  if (segmentId === null || (await isSegment(tx, workspaceId, segmentId))) return { ...given, personaId: null };
  return isFromElsewhere ? { ...given, segmentId: null, personaId: null } : refuseSegment();
};

const isSegment = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => (await findSegment(tx, workspaceId, id)) !== null;

const refuseSegment = (): never => {
  throw mapErrors.refuse("map_segment_unknown", "There is no such segment or contact list in this workspace. Choose another.");
};
