import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { ConfigError } from "../../config.ts";
import { keyFrom } from "./sealing.rules.ts";
import type { SecretKeys } from "./sealing.rules.ts";

const FILE = "secret-keys.txt";
const KEY_LENGTH_MIN = 32;

/** The keys of this installation, the one that seals first: those of SECRET_KEY, then those of the file in the data folder, which is made
 *  when there is neither. So an installation that is given a SECRET_KEY later still opens what it sealed before.
 *  @throws ConfigError when the file is damaged: going on with a new key would lose what the old one opens */
export const loadSecretKeys = ({ dataDir, secretKeys }: Pick<Config, "dataDir" | "secretKeys">): SecretKeys => {
  const [first, ...others] = [...secretKeys, ...readKeyFile(dataDir)].map(keyFrom);
  return [first ?? keyFrom(makeKeyFile(dataDir)), ...others];
};

/** Takes the file of keys along into a backup.
 *  @returns whether there is one */
export const copyKeyFile = (dataDir: string, folder: string): boolean => {
  const kept = readKeyFile(dataDir);
  if (kept.length > 0) writeKeyFile(folder, kept);
  return kept.length > 0;
};

/** Takes over the keys of a backup beside those that are here. */
export const mergeKeyFile = (folder: string, dataDir: string): void => {
  const keys = [...new Set([...readKeyFile(dataDir), ...readKeyFile(folder)])];
  if (keys.length > 0) writeKeyFile(dataDir, keys);
};

const makeKeyFile = (dataDir: string): string => {
  const key = randomBytes(32).toString("base64url");
  writeKeyFile(dataDir, [key]);
  return key;
};

const readKeyFile = (folder: string): string[] => {
  const file = join(folder, FILE);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0 || lines.some((line) => line.length < KEY_LENGTH_MIN)) {
    throw new ConfigError(`${file} is damaged: it must hold the keys of the secrets, one a line. Put it back from a backup; or remove it, and enter again the passwords and tokens that it kept.`);
  }
  return lines;
};

// Written beside its place and renamed, so that a start that was cut short leaves no half of a key behind.
const writeKeyFile = (folder: string, keys: readonly string[]): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, `# Opens the passwords and tokens in the database. Without it they must be entered again.\n${keys.join("\n")}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
};
