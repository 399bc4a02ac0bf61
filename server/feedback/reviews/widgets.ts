import { randomBytes } from "node:crypto";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { readAverage } from "./average.ts";
import { frameCode } from "./published.page.ts";
import { reviewErrors } from "./reviews.errors.ts";
import type { Published } from "./published.rules.ts";
import type { NewReviewWidget, ReviewWidget, ReviewWidgetChange } from "./testimonials.contract.ts";
import { WidgetSettings } from "./testimonials.contract.ts";
import * as queries from "./testimonials.queries.ts";
import type { WidgetRow } from "./testimonials.queries.ts";

const SLUG_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const SLUG_LENGTH = 10;
export const WIDGETS_MAX = 200;

export const createWidget = async (services: Services, actor: Actor, given: NewReviewWidget): Promise<WidgetRow> => {
  const slug = [...randomBytes(SLUG_LENGTH)].map((byte) => SLUG_LETTERS.charAt(byte % SLUG_LETTERS.length)).join("");
  const row: WidgetRow = { workspaceId: actor.workspaceId, id: newId(), slug, name: given.name, settings: given.settings, isPublished: true, createdAt: services.clock.now() };
  await transaction(services.db, async (tx) => {
    if (!(await queries.insertWidget(tx, row, WIDGETS_MAX))) throw reviewErrors.refuse("review_limit", `There are ${WIDGETS_MAX} displays of reviews already. Remove one first.`);
    await recordAudit(tx, actor, { action: "review_widget.created", subject: row.id, details: { name: row.name } });
  });
  return row;
};

export const changeWidget = async (services: Services, actor: Actor, id: string, change: ReviewWidgetChange): Promise<WidgetRow> =>
  transaction(services.db, async (tx) => {
    const row = await queries.findWidget(tx, actor.workspaceId, id);
    if (row === null) throw httpErrors.refuse("not_found", "There is no such display of reviews in this workspace.");
    const changed = { ...row, name: change.name ?? row.name, settings: WidgetSettings.parse({ ...row.settings, ...change.settings }), isPublished: change.isPublished ?? row.isPublished };
    await queries.updateWidget(tx, changed);
    await recordAudit(tx, actor, { action: "review_widget.changed", subject: id, details: { fields: Object.keys(change) } });
    return changed;
  });

export const removeWidget = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    if (!(await queries.deleteWidget(tx, actor.workspaceId, id))) throw httpErrors.refuse("not_found", "There is no such display of reviews in this workspace.");
    await recordAudit(tx, actor, { action: "review_widget.removed", subject: id, details: {} });
  });
};

export const showWidget = (services: Services, row: WidgetRow): ReviewWidget => {
  const url = `${services.baseUrl()}/published-reviews/${row.slug}`;
  const settings = WidgetSettings.parse(row.settings);
  return {
    id: row.id, name: row.name, settings, isPublished: row.isPublished, url, dataUrl: `${url}/data.json`, createdAt: row.createdAt.toISOString(),
    frameCode: frameCode({ url, title: settings.title || row.name, heightPx: settings.heightPx }), scriptCode: `<script src="${url}/embed.js" async></script>`,
  };
};

/** What a display shows now; null when it is unknown or not published. */
export const readPublished = async (services: Services, slug: string): Promise<{ settings: WidgetSettings; published: Published; url: string } | null> => {
  const widget = await queries.findPublishedWidget(services.db, slug);
  if (widget === null) return null;
  const settings = WidgetSettings.parse(widget.settings);
  const [rows, average] = await Promise.all([
    queries.listApproved(services.db, widget.workspaceId, { starsMin: settings.starsMin, limit: settings.most }),
    readAverage(services.db, widget.workspaceId),
  ]);
  const items = rows.map(({ authorName, authorTitle, stars, original, excerpt, consent, at, url }) => ({ authorName, authorTitle, stars, original, excerpt, showsName: consent.showsName, at: at.toISOString(), url }));
  return { settings, url: `${services.baseUrl()}/published-reviews/${widget.slug}`, published: { organisation: widget.workspaceName, average, items } };
};
