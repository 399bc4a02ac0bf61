// Does every module keep to its own tables? Reads the SQL in queries and migrations; wherever else SQL stands, it is misplaced.
import { MODULES, isModule, placeOf } from "./modules.ts";
import type { Problem } from "./problem.ts";
import type { SourceFile } from "./source-files.ts";

const SCHEMAS = MODULES.join("|");
const WRITE = new RegExp(
  `\\b(?:insert\\s+into|update(?:\\s+only)?|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?|copy|create\\s+(?:unlogged\\s+)?table(?:\\s+if\\s+not\\s+exists)?|alter\\s+table(?:\\s+if\\s+exists)?(?:\\s+only)?|drop\\s+(?:table|view|materialized\\s+view|function)(?:\\s+if\\s+exists)?|create\\s+(?:or\\s+replace\\s+)?(?:materialized\\s+)?(?:view|function|procedure)(?:\\s+if\\s+not\\s+exists)?|create\\s+(?:unique\\s+)?index[^;(]*?\\son(?:\\s+only)?|create\\s+(?:constraint\\s+)?trigger[^;]*?\\son)\\s+(${SCHEMAS})\\.([a-z_]+)`,
  "gi",
);
const CREATE_SCHEMA = /\bcreate\s+schema(?:\s+if\s+not\s+exists)?\s+([a-z_]+)/gi;
const REFERENCE = /\breferences\s+([a-z_]+)\.([a-z_]+)/gi;
const READ = new RegExp(`(?<!delete\\s)\\b(?:from|join)\\s+(?:only\\s+)?(${SCHEMAS})\\.([a-z_]+)`, "gi");
// A statement, not a word: "select" in an error text or in a label is no SQL.
const STATEMENT = /["'`]\s*(?:select\s[^"'`]*?\sfrom\s|insert\s+into\s|update\s+[a-z_.]+\s+set\s|delete\s+from\s|with\s+(?:recursive\s+)?[a-z_]+\s+as\s*(?:materialized\s*)?\()/i;
const MAY_HOLD_SQL = /\.queries\.ts$|\.test\.ts$|\.make\.ts$|^server\/platform\/(db|analytics)\//;

/** Checks who writes, refers to and reads which tables.
 *  @param server all files under server/ */
export const checkSql = (server: SourceFile[]): Problem[] =>
  server.flatMap((file) => {
    const module = file.path.split("/")[1] ?? "";
    if (!isModule(module) || !/\.(ts|sql)$/.test(file.name) || /\.(test|make)\.ts$/.test(file.name)) return [];
    const isMigration = file.name.endsWith(".sql");
    if (!isMigration && !MAY_HOLD_SQL.test(file.path)) return checkNoSql(file);
    const sql = withoutComments(file.read(), isMigration);
    return [...checkWrites(file.path, sql, module), ...(isMigration ? checkReferences(file.path, sql, module) : checkReads(file.path, sql, module))];
  });

const checkNoSql = (file: SourceFile): Problem[] =>
  STATEMENT.test(withoutComments(file.read(), false)) ? [{ rule: "sql-only-in-queries", path: file.path, message: "holds SQL; it belongs into a *.queries.ts of this feature" }] : [];

const checkWrites = (path: string, sql: string, module: string): Problem[] => {
  const written = [...sql.matchAll(WRITE)].flatMap(([, schema, table]) => (schema === undefined || schema === module ? [] : [{ schema, what: `${schema}.${table}` }]));
  const made = [...sql.matchAll(CREATE_SCHEMA)].flatMap(([, schema]) => (schema === undefined || schema === module ? [] : [{ schema, what: `the schema ${schema}` }]));
  return [...written, ...made].map(({ schema, what }) => ({ rule: "own-schema", path, message: `writes to ${what}, which belongs to ${schema}, not to ${module}; call its api or publish an event` }));
};

const checkReferences = (path: string, sql: string, module: string): Problem[] =>
  [...sql.matchAll(REFERENCE)].flatMap(([, schema = "", table]) =>
    !isModule(schema) || placeOf(schema) <= placeOf(module) ? [] : [{ rule: "keys-point-to-earlier-modules", path, message: `has a foreign key to ${schema}.${table}; ${schema} comes after ${module}` }],
  );

// Views named published_ are what a module shows to others. The platform's tables (workspaces, events) are everybody's ground.
const checkReads = (path: string, sql: string, module: string): Problem[] =>
  [...sql.matchAll(READ)].flatMap(([, schema = "", table = ""]) =>
    schema === module || schema === "platform" || table.startsWith("published_")
      ? []
      : [{ rule: "reads-published-views", path, message: `reads ${schema}.${table}; call the api of ${schema}, or read a view ${schema}.published_… that it keeps` }],
  );

const withoutComments = (text: string, isSql: boolean): string => (isSql ? text.replace(/--.*$/gm, "") : text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, ""));
