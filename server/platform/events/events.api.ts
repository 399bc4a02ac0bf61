export { publish, publishAll } from "./events.ts";
export { defineListener } from "./listener.ts";
export type { DomainEvent } from "./events.ts";
export type { Listener } from "./listener.ts";
