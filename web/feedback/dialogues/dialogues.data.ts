import type { BegunDialogue, DialogueReply, DialogueTurn, GivenAnswer } from "@firsthand/server/feedback/dialogues/dialogues.contract";
import { api } from "../../shell/api.ts";

export type { DialogueReply, DialogueTurn, GivenAnswer };
export type DialogueChannel = "chat" | "phone";

/** Begins to try a survey out: nothing is saved. */
export const beginTrial = (surveyId: string, channel: DialogueChannel, language: string): Promise<BegunDialogue> =>
  api.post<BegunDialogue>(`/api/surveys/${surveyId}/dialogues`, { channel, language, begunBy: "customer", isTrial: true });

export const answerTrial = (dialogueId: string, given: GivenAnswer): Promise<DialogueReply> =>
  api.post<DialogueReply>(`/api/dialogues/${dialogueId}/turns`, { given, key: crypto.getRandomValues(new Uint32Array(3)).join("-") });
