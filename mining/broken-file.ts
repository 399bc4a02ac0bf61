/** A file is not what it should be; the message says on which line and what to do. */
export class BrokenFile extends Error {
  readonly line: number | null;
  /** One thing in the file is beyond what is read at once, rather than wrong in form. */
  readonly isTooLarge: boolean;

  constructor(message: string, line: number | null = null, { isTooLarge = false }: { isTooLarge?: boolean } = {}) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.line = line;
    this.isTooLarge = isTooLarge;
  }
}
