import { z } from "zod";
import { presetName } from "./tiles.contract.ts";

export const rhythm = z.enum(["daily", "weekly", "monthly"]);
export type Rhythm = z.infer<typeof rhythm>;

const times = {
  rhythm,
  weekday: z.int().min(1).max(7).nullable().default(null).describe("1 is Monday; weekly ones only"),
  monthDay: z.int().min(1).max(28).nullable().default(null).describe("monthly ones only"),
  hour: z.int().min(0).max(23).describe("by the clock of the workspace"),
};
export const sendingTime = z.object(times);
export type SendingTime = z.infer<typeof sendingTime>;

const addresses = z.array(z.email().max(254)).max(50);

export const createScheduleBody = z.object({
  ...times,
  period: presetName,
  showsComments: z.boolean().default(false),
  memberIds: z.array(z.uuid()).max(200).default([]),
  addresses: addresses.default([]).describe("people outside: each is asked first whether they want it"),
});
export type CreateScheduleBody = z.output<typeof createScheduleBody>;

export const changeScheduleBody = z.object({ isPaused: z.boolean() });

export const recipient = z.object({
  id: z.uuid(),
  memberId: z.uuid().nullable(),
  name: z.string().describe("of the member, or the address"),
  state: z.enum(["member", "asked", "confirmed", "left"]),
});
export type Recipient = z.infer<typeof recipient>;

export const sending = z.object({
  id: z.uuid(), dueAt: z.iso.datetime(), sentAt: z.iso.datetime().nullable(), recipients: z.int(), hasPdf: z.boolean(), problem: z.string().nullable(),
});
export type Sending = z.infer<typeof sending>;

export const schedule = sendingTime.extend({
  id: z.uuid(),
  period: presetName,
  showsComments: z.boolean(),
  isPaused: z.boolean(),
  nextAt: z.iso.datetime(),
  recipients: z.array(recipient),
  sendings: z.array(sending).describe("the last ten, newest first"),
});
export type Schedule = z.infer<typeof schedule>;
export const schedulesReply = z.object({ items: z.array(schedule) });

/** What somebody outside is told about the mails he gets or is to get; the dashboard is the empty text once it is closed to them, or gone. */
export const subscription = z.object({ organisation: z.string(), dashboard: z.string(), state: recipient.shape.state });
export type Subscription = z.infer<typeof subscription>;
