/** A file is not what it should be; the message says on which line and what to do. */
export class BrokenFile extends Error {
  readonly line: number | null;

  constructor(message: string, line: number | null = null) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.line = line;
  }
}
