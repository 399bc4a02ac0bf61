// An event with all that a file says of it, for readers that want more than its name and time.

export type AttributeType = "string" | "date" | "int" | "float" | "boolean" | "id";

/** A value as it was written, with the type the file gives it. */
export type Attribute = { type: AttributeType; value: string };

/** By name; what is nested in another has both names with a dot between. */
export type Attributes = ReadonlyMap<string, Attribute>;

/** `caseAt` tells cases apart, also two of one name. */
export type LogEvent = { caseAt: number; caseName: string; activity: string; time: number; attributes: Attributes; caseAttributes: Attributes };

export const noAttributes: Attributes = new Map();
