import { findNearestName } from "@firsthand/server/platform/http/nearest-name.rules";
import { parseArgs } from "node:util";

/** An option of a command. `value` is the placeholder shown in the help; without it the option is a switch. */
export type OptionSpec = { value?: string; isRepeatable?: true; help: string };

/** What the user wrote, checked against the command's options. */
export type Given = {
  positionals: string[];
  /** Last value of an option, null when it was not given. */
  option: (name: string) => string | null;
  options: (name: string) => string[];
  isSet: (name: string) => boolean;
};

/** Where a command writes: data to stdout, everything said to a person to stderr. */
export type Output = {
  /** @returns a promise when the reader does not keep up: whoever writes much waits for it */
  data: (data: string | Uint8Array) => void | Promise<void>;
  say: (line: string) => void;
  /** Says how far a long run is: a line that renews itself on a terminal, else a new line every five seconds. */
  progress: (line: string) => void;
};

export type Command = {
  /** One word or two: `score`, `analytics rebuild`. */
  name: string;
  summary: string;
  /** What follows the name in the usage line, such as `FILE --score COLUMN`. */
  usage: string;
  /** How many words may follow besides options. */
  positionals: { min: number; max: number };
  options: Record<string, OptionSpec>;
  /** Paragraphs under the options. */
  notes?: readonly string[];
  /** @returns exit code: 0 done, 1 failed. Throwing CommandError or UsageError says why. */
  run: (given: Given, output: Output) => Promise<number>;
};

/** The command line itself is wrong: exit code 2 and a pointer to the help. */
export class UsageError extends Error {}

/** The work could not be done for a reason the user can mend: exit code 1 and the message, no stack. */
export class CommandError extends Error {}

/** Reads the words after the command's name.
 *  @throws UsageError for an unknown option, a missing value or the wrong number of words */
export const readArguments = (command: Command, words: readonly string[]): Given => {
  const { values, positionals } = parse(command, words);
  const { min, max } = command.positionals;
  if (positionals.length < min) throw new UsageError(`Something is missing: ${command.name} ${command.usage}.`);
  if (positionals.length > max) throw new UsageError(`"${positionals[max] ?? ""}" is one word too many.`);
  const options = (name: string): string[] => (values[name] ?? []).filter((value) => typeof value === "string");
  return {
    positionals,
    options,
    option: (name) => options(name).at(-1) ?? null,
    isSet: (name) => (values[name] ?? []).includes(true),
  };
};

const parse = (command: Command, words: readonly string[]): { values: Record<string, (string | boolean)[]>; positionals: string[] } => {
  const options: Record<string, { type: "string" | "boolean"; multiple: true }> = {};
  for (const [name, spec] of Object.entries(command.options)) {
    options[name] = { type: spec.value === undefined ? "boolean" : "string", multiple: true };
  }
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const values: Record<string, (string | boolean)[]> = {};
    for (const [name, value] of Object.entries(parsed.values)) values[name] = Array.isArray(value) ? value : [];
    refuseRepeats(command, values);
    return { values, positionals: parsed.positionals };
  } catch (fault) {
    if (fault instanceof UsageError) throw fault;
    throw new UsageError(sayUnknownOption(command, words) ?? (fault instanceof Error ? fault.message : String(fault)));
  }
};

// Node's own words are about how to write a file name that looks like an option, which hardly anybody means.
const sayUnknownOption = (command: Command, words: readonly string[]): string | null => {
  const known = Object.keys(command.options);
  const unknown = words.flatMap((word) => /^--([a-z][a-z0-9-]*)(?:=|$)/iu.exec(word)?.[1] ?? []).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  const nearest = findNearestName(unknown, known);
  return `There is no option --${unknown}.${nearest === null ? "" : ` Did you mean --${nearest}?`}`;
};

const refuseRepeats = (command: Command, values: Record<string, (string | boolean)[]>): void => {
  for (const [name, given] of Object.entries(values)) {
    const spec = command.options[name];
    if (spec?.value !== undefined && spec.isRepeatable !== true && given.length > 1) throw new UsageError(`--${name} is given twice.`);
  }
};

/** The help of one command. */
export const describeCommand = (command: Command): string => {
  const rows = [...Object.entries(command.options), ["help", { help: "Show this." }] as const].map(([name, spec]) => ({
    left: "value" in spec && spec.value !== undefined ? `--${name} ${spec.value}` : `--${name}`,
    right: spec.help,
  }));
  const notes = (command.notes ?? []).flatMap((note) => ["", ...wrap(note, 78)]);
  return [command.summary, "", `Usage: firsthand ${command.name} ${command.usage}`.trimEnd(), "", ...columns(rows), ...notes, ""].join("\n");
};

/** The help of all commands. */
export const describeCommands = (commands: readonly Command[]): string =>
  [
    "Firsthand: facts and feelings on one timeline per customer.",
    "",
    "Usage: firsthand COMMAND [options]",
    "",
    ...columns(commands.map((command) => ({ left: command.name, right: command.summary }))),
    "",
    ...wrap("Run \"firsthand COMMAND --help\" for its options. Data goes to stdout, messages and progress to stderr.", 78),
    "Exit codes: 0 done, 1 failed, 2 wrong command line.",
    "",
  ].join("\n");

const columns = (rows: readonly { left: string; right: string }[]): string[] => {
  const width = Math.min(24, Math.max(...rows.map((row) => row.left.length)));
  return rows.flatMap(({ left, right }) => {
    const [first = "", ...more] = wrap(right, 74 - width);
    const head = left.length > width ? [`  ${left}`, `  ${" ".repeat(width)}  ${first}`] : [`  ${left.padEnd(width)}  ${first}`];
    return [...head, ...more.map((line) => `  ${" ".repeat(width)}  ${line}`)];
  });
};

const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
