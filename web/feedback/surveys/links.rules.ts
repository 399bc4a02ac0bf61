/** Where answers come from, as a link says it; empty texts say nothing. */
export type Whence = { channel: string; touchpoint: string; source: string; campaign: string; member: string; product: string };

export const nowhere: Whence = { channel: "", touchpoint: "", source: "", campaign: "", member: "", product: "" };

/** A link of the survey that says where it was handed out. "web" is what a link means anyway. */
export const linkFrom = (url: string, { channel, touchpoint, source, campaign, member, product }: Whence): string => {
  const said = Object.entries({ channel: channel === "web" ? "" : channel, touchpoint, source, campaign, member, product }).flatMap(([name, value]): [string, string][] => (value.trim() === "" ? [] : [[name, value.trim()]]));
  return said.length === 0 ? url : `${url}?${new URLSearchParams(said)}`;
};

/** A link styled as a button, to paste into any page: it needs no script, so that no policy of the page can stop it. */
export const buttonHtml = (url: string, words: string, colours: { ground: string; ink: string }): string =>
  `<a href="${escaped(url)}" target="_blank" rel="noopener"\n   style="display:inline-block;padding:10px 18px;border-radius:8px;background:${colours.ground};color:${colours.ink};font:600 15px system-ui,sans-serif;text-decoration:none">\n  ${escaped(words)}\n</a>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
