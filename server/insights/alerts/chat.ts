// Alerts in the chat of a team, by its incoming webhook.
import { fetchOutside, type OutsideReply } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { ChatAddress, ChatTrialReply } from "./alerts.contract.ts";
import { chatBody, type ChatMessage } from "./chat.rules.ts";
import { noteTry, putOffWhileSnoozed } from "./deliveries.ts";
import { dropDelivery } from "./deliveries.queries.ts";
import { openRuleSecret } from "./rule-secrets.ts";
import { findTold, linkOfRow, sentenceOf } from "./telling.ts";

/** Writes an alert into the chat of its rule. Anything but a 2xx is tried again, for about four days.
 *  @throws when the chat did not take it */
export const writeToChat = async (services: Services, { workspaceId, alertId, attempt }: { workspaceId: string; alertId: string; attempt: number }): Promise<void> => {
  const told = await findTold(services, workspaceId, alertId);
  if (told === null) return;
  const { row, rule, workspace, subject } = told;
  const url = openRuleSecret(services, rule, "chat");
  if (rule.chat === null) return dropDelivery(services.db, workspaceId, alertId, "chat");
  if (await putOffWhileSnoozed(services, rule, { alertId, way: "chat" })) return;
  const tried = { workspace, rule, alertId, way: "chat" as const, attempt };
  if (url === null) return noteTry(services, { ...tried, fault: "its address cannot be opened any more; enter it again", isHopeless: true });
  const message = { ...sentenceOf(row, subject), link: `${services.baseUrl()}${linkOfRow(row, workspace.timeZone, subject)}`, foot: `${rule.name}, ${workspace.name}` };
  await noteTry(services, { ...tried, fault: faultOf(await post(services, { service: rule.chat.service, url }, message)) });
};

/** Writes a message that says where it comes from, to see whether it arrives. */
export const tryChat = async (services: Services, workspaceId: string, address: ChatAddress): Promise<ChatTrialReply> => {
  const workspace = await findWorkspace(services.db, workspaceId);
  const message = {
    title: "This is a test.", detail: "Alerts will be written here: what moved, how sure that is, and a link to the evidence.", link: `${services.baseUrl()}/alerts`, foot: workspace?.name ?? "",
  };
  return { fault: faultOf(await post(services, address, message)) };
};

const post = (services: Services, { service, url }: ChatAddress, message: ChatMessage): Promise<OutsideReply> =>
  fetchOutside(services.config, { method: "POST", url, headers: { "content-type": "application/json" }, body: JSON.stringify(chatBody(service, message)) }, { timeoutMs: 10_000, sizeBytesMax: 100_000, redirectsMax: 0 });

const faultOf = (reply: OutsideReply): string | null => {
  if (!reply.ok) return reply.message;
  return reply.status >= 200 && reply.status < 300 ? null : `it answered ${reply.status}`;
};
