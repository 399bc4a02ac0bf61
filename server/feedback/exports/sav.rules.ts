import type { ExportColumn } from "./columns.rules.ts";

/** A variable of an SPSS file. `bytes` is 0 for numbers, else the width of the text in bytes of UTF-8, at most 32,767. */
export type SavVariable = { name: string; label: string; kind: "number" | "text" | "time"; bytes: number; labels: readonly { value: number; label: string }[] };

export const SAV_TEXT_MAX = 32_767;
// Text longer than this is spread over several variables that readers join again: counted in portions of 252, each filled with 255.
const SHORT_MAX = 255;
const SEGMENT = 252;
/** Seconds from 14 October 1582, where SPSS begins to count, to 1970. */
const EPOCH_SECONDS = 12_219_379_200;
const SYSTEM_MISSING = -Number.MAX_VALUE;

/** The variables of a file for some columns.
 *  @param widthOf longest value of a text column in bytes; a column without values gets one byte */
export const savVariables = (columns: readonly ExportColumn[], widthOf: (index: number) => number): SavVariable[] => {
  const taken = new Set<string>();
  return columns.map((column, index) => {
    const isCoded = column.codes !== undefined;
    const kind = column.kind === "text" && isCoded ? "number" : column.kind;
    const labels = (column.codes ?? []).map(({ label }, place) => ({ value: place + 1, label }));
    return {
      name: freeName(column.name, taken), label: column.label, kind, labels: [...labels, ...(column.points ?? [])],
      bytes: kind === "text" ? Math.min(SAV_TEXT_MAX, Math.max(1, widthOf(index))) : 0,
    };
  });
};

/** Everything before the first row. Source: GNU PSPP developers' guide, chapter "System File Format".
 *  @param created when the file is made; only its day and time enter the header */
export const savHeader = (variables: readonly SavVariable[], file: { title: string; created: Date }): Buffer => {
  const short = shortNames(variables);
  const elements = variables.flatMap((variable, index) => segmentsOf(variable).map((bytes, part) => ({ variable, index, bytes, part })));
  const caseSize = elements.reduce((sum, { bytes }) => sum + (bytes === 0 ? 1 : Math.ceil(bytes / 8)), 0);
  const labelled = variables.flatMap((variable, index) => (variable.labels.length === 0 ? [] : [{ variable, index }]));
  return Buffer.concat([
    fileRecord(caseSize, file),
    ...elements.map(({ variable, index, bytes, part }) => variableRecord(nameOfPart(short[index] ?? "", part), part === 0 ? variable : { ...variable, label: "" }, bytes)),
    ...labelled.map(({ variable, index }) => valueLabels(variable, positionOf(variables, index))),
    integerInfo(), floatInfo(),
    ...(variables.some(({ bytes }) => bytes > SHORT_MAX)
      ? [extension(14, 1, Buffer.from(variables.flatMap(({ bytes }, index) => (bytes > SHORT_MAX ? [`${short[index]}=${String(bytes).padStart(5, "0")}\0\t`] : [])).join("")))] : []),
    extension(13, 1, Buffer.from(variables.map(({ name }, index) => `${short[index]}=${name}`).join("\t"))),
    extension(20, 1, Buffer.from("UTF-8")),
    int32(999, 0),
  ]);
};

/** Turns rows into bytes, compressed as SPSS does; what does not fill a block of eight waits for the next row.
 *  @returns `row` gives the bytes that are complete so far, `end` the rest */
export const createSavRows = (variables: readonly SavVariable[]): { row: (values: readonly (number | string | null)[]) => Buffer; end: () => Buffer } => {
  let codes: number[] = [];
  let data: Buffer[] = [];
  const finished: Buffer[] = [];
  const put = (code: number, raw?: Buffer): void => {
    codes.push(code);
    if (raw !== undefined) data.push(raw);
    if (codes.length < 8) return;
    finished.push(Buffer.from(codes), ...data);
    codes = [];
    data = [];
  };
  const take = (): Buffer => Buffer.concat(finished.splice(0));
  return {
    row: (values) => {
      variables.forEach((variable, index) => {
        const value = values[index] ?? null;
        if (variable.bytes === 0) putNumber(put, variable, typeof value === "number" ? value : null);
        else putText(put, variable, typeof value === "string" ? value : "");
      });
      return take();
    },
    end: () => {
      while (codes.length > 0) put(0);
      return take();
    },
  };
};

type Put = (code: number, raw?: Buffer) => void;

const putNumber = (put: Put, { kind }: SavVariable, value: number | null): void => {
  if (value === null || !Number.isFinite(value)) put(255);
  else if (kind !== "time" && Number.isInteger(value) && value >= -99 && value <= 151) put(value + 100);
  else {
    const raw = Buffer.alloc(8);
    raw.writeDoubleLE(kind === "time" ? value + EPOCH_SECONDS : value);
    put(253, raw);
  }
};

const putText = (put: Put, variable: SavVariable, value: string): void => {
  const bytes = truncated(value, variable.bytes);
  let from = 0;
  for (const width of segmentsOf(variable)) {
    const padded = Buffer.alloc(Math.ceil(width / 8) * 8, 0x20);
    padded.set(bytes.subarray(from, from + width));
    from += width;
    for (let at = 0; at < padded.length; at += 8) {
      const eight = padded.subarray(at, at + 8);
      if (eight.equals(SPACES)) put(254);
      else put(253, eight);
    }
  }
};

const SPACES = Buffer.alloc(8, 0x20);

// Cuts at the border of a character, so that no half of one remains.
const truncated = (value: string, bytes: number): Buffer => {
  const all = Buffer.from(value, "utf8");
  if (all.length <= bytes) return all;
  let end = bytes;
  while (end > 0 && ((all[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return all.subarray(0, end);
};

const segmentsOf = ({ bytes }: Pick<SavVariable, "bytes">): number[] => {
  if (bytes <= SHORT_MAX) return [bytes];
  const count = Math.ceil(bytes / SEGMENT);
  return Array.from({ length: count }, (_, part) => (part < count - 1 ? SHORT_MAX : bytes - SEGMENT * (count - 1)));
};

/** Place of a variable in units of eight bytes, from 1: that is how labels name their variable. */
const positionOf = (variables: readonly SavVariable[], index: number): number =>
  1 + variables.slice(0, index).reduce((sum, variable) => sum + segmentsOf(variable).reduce((units, bytes) => units + (bytes === 0 ? 1 : Math.ceil(bytes / 8)), 0), 0);

const fileRecord = (caseSize: number, { title, created }: { title: string; created: Date }): Buffer => {
  const [day = "", time = ""] = created.toISOString().split("T");
  const [year = "", month = "", date = ""] = day.split("-");
  const monthName = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(month) - 1] ?? "Jan";
  return Buffer.concat([
    text("$FL2", 4), text("@(#) SPSS DATA FILE Firsthand", 60), int32(2, caseSize, 1, 0, -1), float64(100),
    text(`${date} ${monthName} ${year.slice(2)}`, 9), text(time.slice(0, 8), 8), text(title.replace(/[^\x20-\x7e]/g, "?"), 64), Buffer.alloc(3),
  ]);
};

const FORMAT = { number: (5 << 16) | (10 << 8) | 2, whole: (5 << 16) | (8 << 8), time: (22 << 16) | (20 << 8), text: (bytes: number) => (1 << 16) | (Math.min(255, bytes) << 8) };

const variableRecord = (name: string, variable: SavVariable, bytes: number): Buffer => {
  const format = bytes > 0 ? FORMAT.text(bytes) : variable.kind === "time" ? FORMAT.time : variable.labels.length > 0 ? FORMAT.whole : FORMAT.number;
  const label = truncated(variable.label, 255);
  const hasLabel = label.length > 0;
  const own = Buffer.concat([int32(2, bytes, hasLabel ? 1 : 0, 0, format, format), text(name, 8), ...(hasLabel ? [int32(label.length), padded(label, 4)] : [])]);
  // Every further eight bytes of a text have a record of their own that only says "continued".
  const continued = Array.from({ length: Math.max(0, Math.ceil(bytes / 8) - 1) }, () => Buffer.concat([int32(2, -1, 0, 0, 0, 0), text("", 8)]));
  return Buffer.concat([own, ...continued]);
};

const valueLabels = ({ labels }: SavVariable, position: number): Buffer =>
  Buffer.concat([
    int32(3, labels.length),
    ...labels.map(({ value, label }) => {
      const bytes = truncated(label, 120);
      // The length byte and the label together fill a multiple of eight.
      return Buffer.concat([float64(value), padded(Buffer.concat([Buffer.from([bytes.length]), bytes]), 8, 0x20)]);
    }),
    int32(4, 1, position),
  ]);

const integerInfo = (): Buffer => extension(3, 4, int32(1, 0, 0, -1, 1, 1, 2, 65001));
const floatInfo = (): Buffer => extension(4, 8, Buffer.concat([float64(SYSTEM_MISSING), float64(Number.MAX_VALUE), lowest()]));
const extension = (subtype: number, size: number, data: Buffer): Buffer => Buffer.concat([int32(7, subtype, size, data.length / size), data]);

// The second smallest number a double can hold: SPSS calls it LOWEST.
const lowest = (): Buffer => {
  const raw = float64(SYSTEM_MISSING);
  raw[0] = (raw[0] ?? 0) - 1;
  return raw;
};

/** Names of eight characters that old readers know variables by; the real names stand in a record of their own. */
const shortNames = (variables: readonly SavVariable[]): string[] => variables.map((_, index) => `V${String(index + 1).padStart(4, "0")}`);
// Further parts of a long text need names of their own that no variable has.
const nameOfPart = (name: string, part: number): string => (part === 0 ? name : `${name.slice(1)}${part.toString(36).toUpperCase().padStart(2, "0")}`.replace(/^/, "X").slice(0, 8));

/** SPSS names begin with a letter, keep to letters, digits, "_", "." and "$", and do not end with a dot. */
const freeName = (wanted: string, taken: Set<string>): string => {
  const plain = wanted.replace(/[^A-Za-z0-9_.]/g, "_").replace(/\.+$/, "_").slice(0, 60);
  const base = RESERVED.has(plain.toUpperCase()) || !/^[A-Za-z]/.test(plain) ? `v_${plain}` : plain;
  let name = base;
  for (let number = 2; taken.has(name.toUpperCase()); number += 1) name = `${base}_${number}`;
  taken.add(name.toUpperCase());
  return name;
};
const RESERVED = new Set(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]);

const int32 = (...values: number[]): Buffer => {
  const raw = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => raw.writeInt32LE(value, index * 4));
  return raw;
};
const float64 = (value: number): Buffer => {
  const raw = Buffer.alloc(8);
  raw.writeDoubleLE(value);
  return raw;
};
const text = (value: string, bytes: number): Buffer => Buffer.from(value.slice(0, bytes).padEnd(bytes), "latin1");
const padded = (bytes: Buffer, multiple: number, filler = 0): Buffer => Buffer.concat([bytes, Buffer.alloc((multiple - (bytes.length % multiple)) % multiple, filler)]);
