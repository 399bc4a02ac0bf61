// What later modules may call. Facts go down by these; reactions come up by event.
export { interactionId } from "./interactions/interactions.rules.ts";
export { deleteByWorkspace, insertInteractions, listLatestInteractions } from "./interactions/interactions.queries.ts";
export { insertPerceptions } from "./perceptions/perceptions.queries.ts";
export { listPerceptionsBeside } from "./perceptions/perception-list.queries.ts";
export type { NewInteraction } from "./interactions/interactions.contract.ts";
export type { ListedPerception, NewPerception, PerceptionKind } from "./perceptions/perceptions.contract.ts";
export { findOwners } from "./identity/resolver.ts";
export { findTimeOfErasure, isErasedInteraction } from "./identity/erased-identifiers.ts";
export { isBlockedValue, normaliseIdentifier, subjectText } from "./identity/identifiers.rules.ts";
export { getCustomer } from "./profiles/customer-detail.ts";
export { findCustomer, listNamesOfCustomers, listSpansOfCustomer } from "./profiles/customer-detail.queries.ts";
export { nameTimelinesBy } from "./profiles/timeline-naming.ts";
export type { Nameable, Naming, Place } from "./experience/experience.contract.ts";
