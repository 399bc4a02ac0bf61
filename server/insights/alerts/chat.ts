// Alerts in the chat of a team, by its incoming webhook.
import { fetchOutside, type OutsideReply } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { ChatAddress, ChatTrialReply } from "./alerts.contract.ts";
import { chatBody, type ChatMessage } from "./chat.rules.ts";
import { openRuleSecret } from "./rule-secrets.ts";
import { findTold, isSnoozed, linkOfRow, sentenceOf } from "./telling.ts";

/** Writes an alert into the chat of its rule. Anything but a 2xx is tried again, for about a day.
 *  @throws when the chat did not take it, or its address cannot be opened: the failed job is where that shows */
export const writeToChat = async (services: Services, workspaceId: string, alertId: string): Promise<void> => {
  const told = await findTold(services, workspaceId, alertId);
  if (told === null || isSnoozed(told.rule, services.clock.now())) return;
  const { row, rule, workspace, subject } = told;
  const url = openRuleSecret(services, rule, "chat");
  if (rule.chat === null) return;
  if (url === null) throw new Error(`The address of the chat cannot be opened: enter it again in the rule "${rule.name}".`);
  const message = { ...sentenceOf(row, subject), link: `${services.baseUrl()}${linkOfRow(row, workspace.timeZone, subject)}`, foot: `${rule.name}, ${workspace.name}` };
  const fault = faultOf(await post(services, { service: rule.chat.service, url }, message));
  if (fault !== null) throw new Error(`The chat did not take the alert: ${fault}`);
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
