import type { Icon } from "@tabler/icons-react";
import type { ComponentType } from "react";

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

export type ModuleScreens = {
  readonly module: string;
  readonly screens: readonly Screen[];
  readonly navigation: readonly NavigationEntry[];
};

/** What a module shows: its screens and its lines in the navigation. */
export const defineScreens = (screens: ModuleScreens): ModuleScreens => screens;
