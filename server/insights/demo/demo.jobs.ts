import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { countGroups } from "./demo-setting.ts";
import { fillDemo, removeDemo } from "./demo.ts";

const payload = z.object({ workspaceId: z.uuid() });

// All may start over: records have fixed ids, what is gone stays gone, and a count replaces the one before.
export const demoJobs = [
  defineJob({ name: "demo.fill", payload, maxAttempts: 5, run: ({ services, payload: { workspaceId } }) => fillDemo(services, workspaceId) }),
  defineJob({ name: "demo.remove", payload, maxAttempts: 10, run: ({ services, payload: { workspaceId } }) => removeDemo(services, workspaceId) }),
  defineJob({ name: "demo.count", payload, maxAttempts: 3, run: ({ services, payload: { workspaceId } }) => countGroups(services, workspaceId) }),
];
