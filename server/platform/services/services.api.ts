export type { Clock, Services } from "./services.ts";
