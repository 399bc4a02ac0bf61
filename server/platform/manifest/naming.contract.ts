/** What is known about where an interaction or perception belongs. Null: unknown.
 *  The environment is where the customer is then, as the register says of the touchpoint; the product is the one it is about, null for several. */
export type Place = { touchpoint: string | null; channel: string | null; stage: string | null; environment: string | null; product: string | null };

/** What naming an interaction can go by. */
export type Nameable = { type: string; name: string; channel: string | null; touchpoint: string | null; stage: string | null; source: string; message: unknown };

/** Gives every interaction of one workspace its touchpoint, channel, stage, environment and product. Pure: the register it goes by is inside. */
export type Naming = (interaction: Nameable) => Place;
