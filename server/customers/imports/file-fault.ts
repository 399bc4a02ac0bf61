/** Why a file cannot be read as a table: shown to the person as it is, never with a stack. */
export type FileFaultCode =
  | "file_damaged"
  | "file_not_a_table"
  | "file_too_large"
  | "row_too_long"
  | "too_many_columns"
  | "sheet_unknown"
  | "encoding_unknown";

/** A fault of the file itself. It stops the reading; a fault of one row refuses only that row. */
export class FileFault extends Error {
  readonly code: FileFaultCode;

  constructor(code: FileFaultCode, message: string) {
    super(message);
    this.name = "FileFault";
    this.code = code;
  }
}
