const fixed = (look: string): string => `style="position:fixed;bottom:0;right:0;${look}"`;
/** What chats put into a page: with their window open, and with only the button that opens it. */
export const CHATS: [name: string, open: string, closed: string][] = [
  ["Intercom", `<div class="intercom-namespace"><div class="intercom-app"><div class="intercom-namespace-1x2y intercom-messenger-frame" ${fixed("width:376px;height:500px")}><iframe name="intercom-messenger-frame" title="Intercom live chat"></iframe></div></div></div>`,
    `<div class="intercom-lightweight-app"><div class="intercom-lightweight-app-launcher intercom-launcher" ${fixed("width:48px;height:48px")}></div></div>`],
  ["Zendesk, classic", `<iframe id="webWidget" ${fixed("width:372px;height:540px;opacity:1;visibility:visible")}></iframe>`,
    `<iframe id="launcher" ${fixed("width:112px;height:50px")}></iframe><iframe id="webWidget" ${fixed("width:372px;height:540px;opacity:0;top:-9999px;visibility:hidden")}></iframe>`],
  ["Zendesk", `<div><iframe name="Messaging window" title="Messaging window" ${fixed("width:380px;height:590px")}></iframe></div>`, `<div><iframe title="Button to launch messaging window" ${fixed("width:64px;height:64px")}></iframe></div>`],
  ["Crisp", `<script>window.$crisp = { is: (what) => what === "chat:opened" }</script>`, `<script>window.$crisp = { is: (what) => what === "chat:closed" }</script>`],
  ["Crisp, loading", `<script>window.$crisp = { is: () => true }</script>`, "<script>window.$crisp = []</script>"],
  ["Tawk", "<script>window.Tawk_API = { isChatMaximized: () => true }</script>", "<script>window.Tawk_API = {}</script>"],
  ["HubSpot", `<div id="hubspot-messages-iframe-container" class="widget-align-right" ${fixed("width:376px;height:530px")}><div class="hs-shadow-container active" style="position:absolute;width:400px;height:400px"></div><iframe id="hubspot-conversations-iframe"></iframe></div>`,
    `<div id="hubspot-messages-iframe-container" class="widget-align-right" ${fixed("width:100px;height:96px")}><div class="hs-shadow-container"></div><iframe id="hubspot-conversations-iframe"></iframe></div>`],
  ["Drift", `<div id="drift-frame-controller" class="drift-conductor-item drift-frame-controller"><iframe></iframe></div><div id="drift-frame-chat" class="drift-conductor-item drift-frame-chat drift-frame-chat-align-right drift-chat-open with-transition"><iframe></iframe></div>`,
    `<div id="drift-frame-controller" class="drift-conductor-item drift-frame-controller"><iframe></iframe></div><div id="drift-frame-chat" class="drift-conductor-item drift-frame-chat drift-frame-chat-align-right"><iframe></iframe></div>`],
  ["Chatwoot", `<div class="woot-widget-holder" ${fixed("width:400px;height:590px")}></div>`, `<div class="woot-widget-holder woot--hide" ${fixed("width:400px;height:590px")}></div>`],
];
