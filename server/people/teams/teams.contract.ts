import { z } from "zod";

const day = z.iso.date();
/** Days of the workspace's clock, half open: from <= day < to. */
const days = {
  from: day.nullable().describe("first day; null: since ever"),
  to: day.nullable().describe("day after the last; null: until further notice"),
};
const name = z.string().trim().min(1).max(120).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");

export const membership = z.object({ memberId: z.uuid(), ...days });
export type Membership = z.infer<typeof membership>;
export const placement = z.object({ department: name, ...days });
export type Placement = z.infer<typeof placement>;

export const stretchesMax = 500;

export const teamBody = z.object({
  name,
  departments: z.array(placement).max(100).default([]).describe("which department the team belonged to when; stretches do not overlap"),
  members: z.array(membership).max(stretchesMax).default([]).describe("who was in it when; a member is in one team at a time"),
});
export type TeamBody = z.output<typeof teamBody>;
export const teamChange = teamBody.extend({ changedAt: z.iso.datetime().optional().describe("as the team was read; when somebody changed it since, nothing is changed") });
export type TeamChange = z.output<typeof teamChange>;

export const team = z.object({
  id: z.uuid(),
  name: z.string(),
  department: z.string().nullable().describe("that it belongs to today"),
  departments: z.array(placement),
  members: z.array(membership.extend({ name: z.string(), hasLeft: z.boolean().describe("no member of the workspace any more") })).describe("in order of time"),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type Team = z.infer<typeof team>;

export const teamsReply = z.object({ items: z.array(team).describe("by name, at most 500"), today: day.describe("by the workspace's clock") });
export type TeamsReply = z.infer<typeof teamsReply>;
