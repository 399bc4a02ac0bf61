export type { Clock, Services } from "./services.contract.ts";
