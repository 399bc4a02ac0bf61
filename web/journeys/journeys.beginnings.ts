import type { Beginnings } from "../shell/screens.ts";
import { beginPaths } from "./paths/paths-beginning.ts";

export const journeysBeginnings: Beginnings = { "/paths": beginPaths };
