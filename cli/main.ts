import { findNearestName } from "@firsthand/server/platform/http/nearest-name.rules";
import { CommandError, describeCommand, describeCommands, readArguments, UsageError, type Command, type Output } from "./command.ts";
import { findCommand, listCommands } from "./commands.ts";

const main = async (words: readonly string[]): Promise<number> => {
  const [first, second] = words;
  if (first === undefined) return refuse("No command is given.", describeCommands(await listCommands()));
  if (first === "--help" || first === "-h" || first === "help") return showHelp(words.slice(1));
  const command = (await findCommand(`${first} ${second ?? ""}`)) ?? (await findCommand(first));
  if (command === null) return refuseUnknown(first);
  const rest = words.slice(command.name.split(" ").length);
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(describeCommand(command));
    return 0;
  }
  return run(command, rest);
};

const refuseUnknown = async (word: string): Promise<number> => {
  const commands = await listCommands();
  const nearest = findNearestName(word, commands.map(({ name }) => name));
  if (nearest === null) return refuse(`There is no command "${word}".`, describeCommands(commands));
  return refuse(`There is no command "${word}". Did you mean "${nearest}"?`, "Run \"firsthand --help\" to see all commands.\n");
};

const run = async (command: Command, words: readonly string[]): Promise<number> => {
  try {
    return await command.run(readArguments(command, words), output());
  } catch (fault) {
    if (fault instanceof UsageError) return refuse(fault.message, `Run "firsthand ${command.name} --help" to see how it is written.\n`);
    if (!(fault instanceof CommandError)) throw fault;
    process.stderr.write(`firsthand: ${fault.message}\n`);
    return 1;
  }
};

const showHelp = async (words: readonly string[]): Promise<number> => {
  const command = await findCommand(words.join(" "));
  process.stdout.write(command === null ? describeCommands(await listCommands()) : describeCommand(command));
  return 0;
};

const refuse = (problem: string, advice: string): number => {
  process.stderr.write(`firsthand: ${problem}\n\n${advice}`);
  return 2;
};

const progressEveryMs = { terminal: 100, file: 5_000 };

const output = (): Output => {
  const isTerminal = process.stderr.isTTY === true;
  let saidAt = Date.now();
  let isLineOpen = false;
  const say = (line: string): void => {
    process.stderr.write(`${isLineOpen ? "\r\u001b[K" : ""}${line}\n`);
    isLineOpen = false;
  };
  return {
    data: (data) => (process.stdout.write(data) ? undefined : new Promise((resolve) => process.stdout.once("drain", () => resolve()))),
    say,
    progress: (line) => {
      if (Date.now() - saidAt < (isTerminal ? progressEveryMs.terminal : progressEveryMs.file)) return;
      saidAt = Date.now();
      if (!isTerminal) return say(line);
      process.stderr.write(`\r\u001b[K${line}`);
      isLineOpen = true;
    },
  };
};

// A reader such as `head` may close the pipe early; that is its right and no fault of ours.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit(0);
  throw fault;
});

// The exit code is set rather than forced, so that everything written to a pipe arrives.
process.exitCode = await main(process.argv.slice(2));
