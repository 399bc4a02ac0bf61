// Enters a feature in the manifests of its module: text in, text out, so that what a person wrote there stays as it is.
import type { FeatureNames } from "./feature-names.ts";

/** The server's manifest of a module with the feature's routes and abilities. */
export const addToModule = (manifest: string, { feature, many }: FeatureNames): string => {
  const withImport = addImport(manifest, `import { ${many}Abilities, ${many}Routes } from "./${feature}/${feature}.routes.ts";`);
  return addToList(addToList(withImport, "abilities", `...${many}Abilities`), "routes", `...${many}Routes`);
};

/** The web's screens of a module with the feature's list and its line in the navigation. */
export const addToScreens = (screens: string, { feature, many, One, title }: FeatureNames): string => {
  const withWord = addWord(screens, many, title);
  const withIcon = /\bIconList\b/.test(withWord) ? withWord : addIcon(withWord);
  const screen = `{ path: "/${feature}", ability: "${many}.read", load: async () => (await import("./${feature}/${One}ListScreen.tsx")).${One}ListScreen }`;
  const entry = `{ group: "act", to: "/${feature}", label: words.say("${many}"), icon: IconList, order: 90, ability: "${many}.read" }`;
  return addToList(addToList(withIcon, "screens", screen), "navigation", entry);
};

// The first word of a module brings the list of them along.
const addWord = (screens: string, name: string, word: string): string => {
  const entry = `${name}: "${word}"`;
  if (/^const words = defineTexts\(/m.test(screens)) return screens.replace(/^(const words = defineTexts\("[^"]+", \{ .*?) \}\);$/m, `$1, ${entry} });`);
  const withImport = addImport(screens, 'import { defineTexts } from "../ui/texts.ts";');
  const module = /module: "([^"]+)"/.exec(screens)?.[1] ?? "";
  return withImport.replace(/^export const /m, `// The words of the navigation alone: all others load with their screens, and weigh nothing before.\nconst words = defineTexts("${module}-navigation", { ${entry} });\n\nexport const `);
};

/** A new module's manifest, empty. */
export const writeModule = (module: string): string => `import { defineModule } from "#platform/manifest";

export const ${module}Module = defineModule({
  name: "${module}",
  routes: [],
  abilities: [],
});
`;

/** A new module's screens, empty. */
export const writeScreens = (module: string): string => `import { defineScreens } from "../shell/screens.ts";

export const ${module}Screens = defineScreens({
  module: "${module}",
  screens: [],
  navigation: [],
});
`;

/** Adds an entry to the array behind a name, keeping its layout; makes the array of a plain value; adds the name when it is missing. */
export const addToList = (text: string, name: string, entry: string): string => {
  const start = new RegExp(`^([ \\t]*)${name}: `, "m").exec(text);
  if (start === null) return text.replace(/\n\}\);\s*$/, `\n  ${name}: [${entry}],\n});\n`);
  const from = start.index + start[0].length;
  if (text[from] !== "[") return text.slice(0, from) + text.slice(from).replace(/^([^,\n]+)(,?)$/m, `[...$1, ${entry}]$2`);
  const to = findClosing(text, from);
  const inside = text.slice(from + 1, to);
  if (inside.includes("\n")) return `${text.slice(0, from + 1)}${inside.replace(/,?\s*$/, "")},\n${start[1]}  ${entry},\n${start[1]}${text.slice(to)}`;
  const isLong = inside.length + entry.length > 120 || entry.startsWith("{");
  if (isLong) return `${text.slice(0, from + 1)}\n${[inside, entry].filter((one) => one.trim() !== "").map((one) => `${start[1]}  ${one},`).join("\n")}\n${start[1]}${text.slice(to)}`;
  return `${text.slice(0, from + 1)}${[inside, entry].filter((one) => one.trim() !== "").join(", ")}${text.slice(to)}`;
};

const findClosing = (text: string, from: number): number => {
  let depth = 0;
  for (let place = from; place < text.length; place += 1) {
    if (text[place] === "[") depth += 1;
    if (text[place] === "]") depth -= 1;
    if (depth === 0) return place;
  }
  throw new Error("A list in the manifest is not closed.");
};

/** Puts an import behind the last one. */
export const addImport = (text: string, line: string): string => {
  if (text.includes(line)) return text;
  const imports = [...text.matchAll(/^import [^]*?;$/gm)];
  const last = imports.at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  return end === 0 ? `${line}\n${text}` : `${text.slice(0, end)}\n${line}${text.slice(end)}`;
};

const addIcon = (text: string): string => {
  const icons = /^import \{ ([^}]+) \} from "@tabler\/icons-react";$/m.exec(text);
  if (icons === null) return `import { IconList } from "@tabler/icons-react";\n${text}`;
  return text.replace(icons[0], `import { ${[...(icons[1] ?? "").split(", "), "IconList"].sort().join(", ")} } from "@tabler/icons-react";`);
};
