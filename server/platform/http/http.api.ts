export { AppError, defineErrors, httpErrors } from "./errors.ts";
export type { ErrorDeclaration } from "./errors.ts";
export { defineRoute, fileReply, FileReply, page } from "./route.ts";
export type { Access, RawRoutes, Route } from "./route.ts";
export { pageQuery } from "./paging.contract.ts";
export { createLimiter } from "./limits.ts";
export { escapeHtml } from "./html.rules.ts";
export { fetchOutside } from "./outside.ts";
export type { OutsideLimits, OutsideReply, OutsideRequest } from "./outside.ts";
