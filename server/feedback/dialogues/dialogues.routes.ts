import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { z } from "zod";
import { AnswerTurnBody, BeginDialogueBody, BegunDialogue, DialogueReply } from "./dialogues.contract.ts";
import { answerTurn, beginDialogue } from "./dialogues.ts";

export const dialoguesAbilities = defineAbilities("dialogues", {
  "dialogues.hold": { meaning: "Ask a survey turn by turn, in a chat or on the phone, or try that out", roles: ["owner", "admin", "manager", "agent"] },
});

const tag = "feedback";
const access = { ability: "dialogues.hold" };
const params = z.object({ id: z.uuid() });

export const dialoguesRoutes = [
  defineRoute({
    method: "POST", url: "/api/surveys/:id/dialogues", summary: "Begin to ask a survey in a chat or on the phone", tag, access, params, body: BeginDialogueBody, status: 201, reply: BegunDialogue,
    answer: ({ actor, services, params: { id }, body }) => beginDialogue(services, { ...body, workspaceId: actor.workspaceId, surveyId: id }),
  }),
  defineRoute({
    method: "POST", url: "/api/dialogues/:id/turns", summary: "Say what the person answered and get what comes next", tag, access, params, body: AnswerTurnBody, reply: DialogueReply,
    answer: ({ actor, services, params: { id }, body }) => answerTurn(services, { ...body, workspaceId: actor.workspaceId, dialogueId: id }),
  }),
];
