// Windows of the usual chats while they are open; closed, they are away, hidden, or lose the class.
const WINDOWS = '.intercom-messenger-frame,iframe#webWidget,iframe[name="Messaging window"],.hs-shadow-container.active,.drift-chat-open,.woot-widget-holder:not(.woot--hide),[data-firsthand-chat=open]';

/** Whether the visitor is in a chat: then no survey comes on top of it. */
export function isChatOpen(): boolean {
  return [...document.querySelectorAll(WINDOWS)].some((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    || asks("$crisp", "is", "chat:opened") || asks("Tawk_API", "isChatMaximized");
}

const asks = (name: string, method: string, ...given: string[]): boolean => Reflect.get(window, name)?.[method]?.(...given) === true;
