// How clients of Formbricks speak of people: ids, attributes, and an id of the contact they get from us and send back as it is.

/** Name of the attribute with which a site proves whom it names. Clients of Formbricks know no proof of their own, but send any attribute. */
const PROOF = "firsthand_proof";
const TRAITS_MAX = 50;
const NAME_LENGTH_MAX = 80;
const TEXT_LENGTH_MAX = 1_000;

type Named = { userId?: string | undefined; proof?: string | undefined };

/** What attributes say about somebody: single values, without the proof.
 *  @param attributes as sent; what is no text, number or yes and no is left out */
export const traitsFrom = (attributes: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> =>
  Object.fromEntries(Object.entries(attributes).flatMap(([name, value]): [string, string | number | boolean][] => {
    // No database takes the character of code 0.
    if (name === PROOF || name === "" || name.length > NAME_LENGTH_MAX || name.includes("\0")) return [];
    if (typeof value === "string") return value.length <= TEXT_LENGTH_MAX && !value.includes("\0") ? [[name, value]] : [];
    return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)) ? [[name, value]] : [];
  }).slice(0, TRAITS_MAX));

/** The proof among attributes. */
export const proofIn = (attributes: Readonly<Record<string, unknown>>): string | undefined => {
  const proof = attributes[PROOF];
  return typeof proof === "string" ? proof : undefined;
};

/** The id a client gets for a contact: it carries the proof, so that later requests, which name only the contact, bring it. */
export const contactIdOf = ({ userId = "", proof }: Named): string => (proof === undefined ? userId : `${userId}:${proof}`);

/** Whom a request names: by the id of the contact if it has one, else by the user's. */
export const namedIn = ({ userId, contactId }: { userId?: string | null | undefined; contactId?: string | null | undefined }): Named => {
  const [, ofContact, proof] = /^(.*):([0-9a-f]{64})$/.exec(contactId ?? "") ?? [];
  if (ofContact !== undefined) return { userId: ofContact, proof };
  const name = userId ?? contactId ?? "";
  return name === "" ? {} : { userId: name };
};
