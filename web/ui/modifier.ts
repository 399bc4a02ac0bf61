/** The key of commands, as this machine's keyboard names it. */
export const modifier = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl ";
