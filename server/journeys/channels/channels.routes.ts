import { defineRoute } from "#platform/http";
import { activityReply, channelsQuery, channelsReply, devicesReply, effortReply, switchesQuery, switchesReply } from "./channels.contract.ts";
import { readActivity, readDevices, readEffort, readSwitches, readUse } from "./channels.ts";

const tag = "journeys";
const access = { ability: "touchpoints.read" };

export const channelsRoutes = [
  defineRoute({
    method: "GET", url: "/api/channels", summary: "How each channel is used: meetings, customers, who uses it alone, self-service, drop-off", tag, access,
    query: channelsQuery, reply: channelsReply,
    answer: ({ actor, services, query }) => readUse(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET", url: "/api/channel-switches", summary: "Which channel follows which within a journey", tag, access,
    query: switchesQuery, reply: switchesReply,
    answer: ({ actor, services, query }) => readSwitches(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET", url: "/api/channel-effort", summary: "How often customers have to get in touch, and how often again soon afterwards", tag, access,
    query: channelsQuery, reply: effortReply,
    answer: ({ actor, services, query }) => readEffort(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET", url: "/api/channel-devices", summary: "The share of telephones and tablets in a sample of each channel", tag, access,
    query: channelsQuery, reply: devicesReply,
    answer: ({ actor, services, query }) => readDevices(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET", url: "/api/channel-activity", summary: "Where and when customers are active, by segment, channel and hour of the week", tag, access,
    query: channelsQuery, reply: activityReply,
    answer: ({ actor, services, query }) => readActivity(services, actor, query),
  }),
];
