import type { Command } from "./command.ts";

// One line per command, by the name it bears; a command is one file beside this one. Only the one that is asked for is loaded: loading
// all takes six times as long as the shortest alone, and every call of the program would wait for it.
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./platform.ts")).startCommand,
  import: async () => (await import("./customers.ts")).importCommand,
  insights: async () => (await import("./insights.ts")).insightsCommand,
  score: async () => (await import("./score.ts")).scoreCommand,
  "read-comments": async () => (await import("./read-comments.ts")).readCommentsCommand,
  drivers: async () => (await import("./drivers.ts")).driversCommand,
  mine: async () => (await import("./mine.ts")).mineCommand,
  convert: async () => (await import("./convert.ts")).convertCommand,
  backup: async () => (await import("./platform.ts")).backupCommand,
  restore: async () => (await import("./platform.ts")).restoreCommand,
  "analytics rebuild": async () => (await import("./platform.ts")).rebuildAnalyticsCommand,
};

/** @returns the command of that name, null when there is none */
export const findCommand = async (name: string): Promise<Command | null> => (Object.hasOwn(commands, name) ? ((await commands[name]?.()) ?? null) : null);

/** All commands, in the order of the help. */
export const listCommands = (): Promise<Command[]> => Promise.all(Object.values(commands).map((load) => load()));
