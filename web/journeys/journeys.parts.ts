// What screens of later modules may embed.
export { CopyNotice } from "./paths/CopyNotice.tsx";
