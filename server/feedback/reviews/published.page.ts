import { escapeHtml } from "#platform/http";
import { CONTRAST_MIN, contrastOf } from "../surveys/theme.rules.ts";
import { shownText } from "./excerpt.rules.ts";
import { nameOf, rounded, schemaOrg } from "./published.rules.ts";
import type { Published } from "./published.rules.ts";
import type { WidgetSettings } from "./testimonials.contract.ts";

const LIGHT = "--page:#fff;--card:#fff;--ink:#16181d;--dim:#5d636f;--line:#dcdce2";
const DARK = "--page:#101114;--card:#191b20;--ink:#ecedf1;--dim:#a5abb8;--line:#33363e";
const CSS = `*{box-sizing:border-box}body{margin:0;padding:12px;color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:var(--page)}
h1{font-size:18px;margin:0 0 4px}.average{color:var(--dim);margin:0 0 12px;font-size:14px}
ul{list-style:none;margin:0;padding:0;display:grid;gap:12px}.grid{grid-template-columns:repeat(auto-fill,minmax(min(260px,100%),1fr))}
figure{margin:0;height:100%;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;overflow-wrap:anywhere}
blockquote{margin:4px 0 10px;white-space:pre-line}figcaption{color:var(--dim);font-size:13px}figcaption b{color:var(--ink);font-weight:600}
.stars{letter-spacing:2px;color:var(--mark)}.none{color:var(--dim)}a{color:inherit}`;

/** The frame other websites show: no script, nothing loaded, every word of strangers escaped. */
export const publishedPage = (given: { nonce: string; settings: WidgetSettings; published: Published }): string => {
  const { settings, published } = given;
  const nonce = escapeHtml(given.nonce);
  const items = published.items.map((item) => itemHtml(item)).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(settings.title || published.organisation)}</title>
<style nonce="${nonce}">${themeCss(settings)}${CSS}</style></head>
<body><main>${settings.title === "" ? `<h1>${escapeHtml(published.organisation)}</h1>` : `<h1>${escapeHtml(settings.title)}</h1>`}${settings.showsAverage ? averageHtml(published) : ""}
${items === "" ? '<p class="none">Nothing to show yet.</p>' : `<ul class="${settings.layout}">${items}</ul>`}</main>
<script type="application/ld+json" nonce="${nonce}">${JSON.stringify(schemaOrg(published)).replaceAll("<", "\\u003c")}</script></body></html>`;
};

// The frame cannot know what the page around it looks like, so its maker says; its ground is never see-through.
// A colour too pale to be seen on white gives way to that of the words; on black it is lightened, which always suffices.
const themeCss = ({ accent, look }: WidgetSettings): string => {
  const mark = contrastOf(accent, "#ffffff") >= CONTRAST_MIN ? escapeHtml(accent) : "var(--ink)";
  const light = `:root{color-scheme:light;${LIGHT};--mark:${mark}}`;
  const dark = `:root{color-scheme:dark;${DARK};--mark:color-mix(in srgb,${escapeHtml(accent)} 45%,#fff)}`;
  if (look === "auto") return `${light}@media(prefers-color-scheme:dark){${dark}}`;
  return look === "dark" ? dark : light;
};

const averageHtml = ({ average }: Published): string =>
  average.average === null ? "" : `<p class="average">${starsHtml(average.average)} ${rounded(average.average).toFixed(1)} of 5 · average of all ${average.count} ${average.count === 1 ? "rating" : "ratings"}, also those not shown here</p>`;

const itemHtml = (item: Published["items"][number]): string => {
  const title = item.showsName && item.authorTitle !== null ? `, ${escapeHtml(item.authorTitle)}` : "";
  const source = item.url === null ? "" : ` · <a href="${escapeHtml(item.url)}" rel="noopener nofollow ugc" target="_blank">Source</a>`;
  return `<li><figure>${item.stars === null ? "" : starsHtml(item.stars)}<blockquote>${escapeHtml(shownText(item.original, item.excerpt))}</blockquote>
<figcaption><b>${escapeHtml(nameOf(item))}</b>${title} · <time datetime="${escapeHtml(item.at.slice(0, 10))}">${escapeHtml(item.at.slice(0, 10))}</time>${source}</figcaption></figure></li>`;
};

const starsHtml = (stars: number): string => {
  const full = Math.max(0, Math.min(5, Math.round(stars)));
  return `<span class="stars" role="img" aria-label="${rounded(stars)} of 5 stars">${"★".repeat(full)}${"☆".repeat(5 - full)}</span>`;
};

/** The script that puts the frame where it stands. It uses nothing a strict content security policy or Trusted Types forbid. */
export const embedScript = (given: { url: string; title: string; heightPx: number }): string =>
  `(function(){var s=document.currentScript;if(!s)return;var f=document.createElement("iframe");f.src=${JSON.stringify(given.url)};f.title=${JSON.stringify(given.title)};f.loading="lazy";`
  + `f.width="100%";f.height=s.dataset.height||"${given.heightPx}";f.setAttribute("sandbox","allow-popups allow-popups-to-escape-sandbox");f.style.border="0";s.after(f)})();\n`;

/** HTML that shows the frame without any script. */
export const frameCode = (given: { url: string; title: string; heightPx: number }): string =>
  `<iframe src="${escapeHtml(given.url)}" title="${escapeHtml(given.title)}" width="100%" height="${given.heightPx}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
