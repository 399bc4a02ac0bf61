import type { NamingLoader } from "../experience/experience.contract.ts";
import { nameByItself } from "../experience/experience.rules.ts";

let loader: NamingLoader = async () => nameByItself;

/** Lets the register of touchpoints, which belongs to a later module, name what timelines show. Called once, at start. */
export const nameTimelinesBy = (loadNaming: NamingLoader): void => {
  loader = loadNaming;
};

export const namingOf: NamingLoader = (workspaceId) => loader(workspaceId);
