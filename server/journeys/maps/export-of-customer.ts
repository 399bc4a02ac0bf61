import { registerExportPart } from "#customers";
import { listAccountsOfCustomer } from "./accounts.queries.ts";

/** Puts what a customer told about the steps of maps, and what members noted of her there, into her export. */
export const tellExport = async (): Promise<{ stop: () => Promise<void> }> => {
  registerExportPart({ name: "maps", read: listAccountsOfCustomer });
  return { stop: async () => undefined };
};
