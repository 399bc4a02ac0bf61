import { z } from "zod";
import { defineJob } from "#platform/jobs";
import { fillDemo, removeDemo } from "./demo.ts";

const payload = z.object({ workspaceId: z.uuid() });

// Both may start over: records have fixed ids, and what is gone stays gone.
export const demoJobs = [
  defineJob({ name: "demo.fill", payload, maxAttempts: 5, run: ({ services, payload: { workspaceId } }) => fillDemo(services, workspaceId) }),
  defineJob({ name: "demo.remove", payload, maxAttempts: 10, run: ({ services, payload: { workspaceId } }) => removeDemo(services, workspaceId) }),
];
