/** A file that cannot be converted at all; the message says why and what to do. */
export class ConversionFault extends Error {
  readonly code: "file_unknown" | "file_damaged" | "file_too_large";

  constructor(code: ConversionFault["code"], message: string) {
    super(message);
    this.code = code;
  }
}
