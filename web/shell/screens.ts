import type { Icon } from "@tabler/icons-react";
import type { ComponentType, ReactElement } from "react";
import type { Search } from "./search.ts";

export type NavigationGroup = "start" | "listen" | "understand" | "act" | "settings";

export type Screen = {
  /** As TanStack Router writes it: `/customers/$customerId`. */
  readonly path: `/${string}`;
  /** Loads the screen when it is first opened, so that it costs nothing before. */
  readonly load: () => Promise<ComponentType>;
  /** Without this ability the screen says so instead of failing one request after another. */
  readonly ability?: string;
  /** Shown without the frame and without signing in. */
  readonly isPublic?: true;
};

/** What a screen shows first, asked for while the program is still being fetched, by the path of the screen. Only for screens whose first figures
 *  take long. What it imports is run before the program itself is there, so it must be little: no components. */
export type Beginnings = Readonly<Record<string, (search: Search) => Promise<unknown>>>;

export type NavigationEntry = {
  readonly group: NavigationGroup;
  readonly to: `/${string}`;
  readonly label: string;
  readonly icon: Icon;
  /** Position inside the group, ascending; leave gaps of ten. */
  readonly order: number;
  /** Pressed after `g` to go there. */
  readonly key?: string;
  readonly ability?: string;
};

/** What a module has to say before a customer is erased, such as where else she is named. */
export type ErasureNotice = {
  /** Only members who have it are told. */
  readonly ability: string;
  /** Null when there is nothing to say. */
  readonly load: (customerId: string, signal: AbortSignal) => Promise<ReactElement | null>;
};

export type ModuleScreens = {
  readonly module: string;
  readonly screens: readonly Screen[];
  readonly navigation: readonly NavigationEntry[];
  readonly erasureNotices?: readonly ErasureNotice[];
};

/** What a module shows: its screens and its lines in the navigation. */
export const defineScreens = (screens: ModuleScreens): ModuleScreens => screens;
