import { createContext } from "react";
import type { ErasureNotice } from "./screens.ts";

/** What all modules have to say before a customer is erased. Handed down, since customers know no module that comes later. */
export const ErasureNotices = createContext<readonly ErasureNotice[]>([]);
