// Windows of the usual chats while they are open; closed, they are away or hidden.
const WINDOWS = '.intercom-messenger-frame,.intercom-messenger,iframe#webWidget,iframe[name="Messaging window"],.woot-widget-holder:not(.woot--hide),[data-firsthand-chat=open]';

/** Whether the visitor is in a chat: then no survey comes on top of it. */
export function isChatOpen(): boolean {
  return [...document.querySelectorAll(WINDOWS)].some((element) => element.getClientRects().length > 0)
    || asks("$crisp", "is", "chat:opened") || asks("Tawk_API", "isChatMaximized");
}

function asks(name: string, method: string, ...given: string[]): boolean {
  const chat: unknown = Reflect.get(window, name);
  const ask: unknown = typeof chat === "object" && chat !== null ? Reflect.get(chat, method) : undefined;
  return typeof ask === "function" && Reflect.apply(ask, chat, given) === true;
}
