import { expect, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/customers.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { commentsReply, rereading, textModels, type Comment } from "./comments.contract.ts";

/** What tests do with the one comment of an organisation.
 *  @param given asked for anew each time, as each test may have an organisation of its own */
export const openComment = (given: () => { firsthand: Installation; organisation: Organisation }) => {
  const list = async (): Promise<Comment[]> => commentsReply.parse((await given().organisation.viewer.ask("GET", "/api/comments?from=2026-06-01&to=2026-07-01")).body).items;
  return {
    list,
    /** Writes it, and waits until it was read. */
    writeOne: async (text: string, said: object = { subject: "user:olga" }): Promise<Comment> => {
      const { firsthand, organisation } = given();
      await insertPerceptions(firsthand.services.db, organisation.workspaceId, [makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", ...said, text })]);
      const [comment] = await vi.waitFor(async () => {
        const items = await list();
        expect(items).toHaveLength(1);
        return items;
      }, { timeout: 15_000, interval: 100 });
      if (comment === undefined) throw new Error("A comment that was read is listed.");
      return comment;
    },
    correct: async (id: string, body: object, who: Client = given().organisation.agent): Promise<Comment | undefined> => {
      const reply = await who.ask("PATCH", `/api/comments/${id}/reading`, body);
      expect(reply.status, reply.text).toBe(204);
      return (await list())[0];
    },
    readAnew: async (): Promise<void> => {
      const { manager, viewer } = given().organisation;
      rereading.parse((await manager.ask("POST", "/api/comment-rereadings")).body);
      await vi.waitFor(async () => expect(textModels.parse((await viewer.ask("GET", "/api/comment-models")).body).rereading?.state).toBe("done"), { timeout: 20_000, interval: 100 });
    },
  };
};
