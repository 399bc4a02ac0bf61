import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { TextModels } from "./comments.contract.ts";
import { isReaderBehind } from "./comment-reader.ts";
import { beginIn, showRereading } from "./rereadings.ts";
import { baseVersion } from "./text-engine.ts";
import { countTaughtParts, listTextModels, withdrawTextModel } from "./text-models.queries.ts";

const SHOWN_MAX = 20;

/** What the workspace has taught the reader of its comments. */
export const listTaughtModels = async (services: Services, workspaceId: string): Promise<TextModels> => {
  const models = await listTextModels(services.db, workspaceId, SHOWN_MAX);
  return {
    baseVersion: baseVersion(),
    corrections: await countTaughtParts(services.db, workspaceId),
    items: models.map(({ madeAt, baseVersion: _base, ...model }) => ({ ...model, madeAt: madeAt.toISOString() })),
    rereading: await showRereading(services, workspaceId),
    isBehind: await isReaderBehind(services),
  };
};

/** Goes back from the last training that helped to the one before it, or to the plain model, and reads all comments anew.
 *  @throws not_found when nothing taught is in use */
export const withdrawModel = async (services: Services, actor: Actor): Promise<TextModels> => {
  const { workspaceId } = actor;
  await transaction(services.db, async (tx) => {
    if (!(await withdrawTextModel(tx, workspaceId))) throw httpErrors.refuse("not_found", "Nothing taught is in use: comments are read with the plain model.");
    await recordAudit(tx, actor, { action: "text_model.withdrawn", subject: workspaceId });
    await beginIn(tx, services, workspaceId, "withdrawn");
  });
  return listTaughtModels(services, workspaceId);
};
