export { defineMailReader, readMailsWith } from "./mail-readers.ts";
export type { ArrivedMail, MailReader } from "./mail-readers.ts";
