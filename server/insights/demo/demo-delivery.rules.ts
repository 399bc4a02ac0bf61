import { courierRhythm, dateText, dayMs, hourMs, isoText, nextOpening } from "./demo-calendar.rules.ts";
import { alsoOfDelivery } from "./demo-answers.rules.ts";
import type { Cause } from "./demo-causes.rules.ts";
import { demoEffects, isDuring, type Product } from "./demo-company.rules.ts";
import { answerAfter, askRelationship, settingOf, writeReview } from "./demo-feelings.rules.ts";
import { leave, remember, say, type Story } from "./demo-story.rules.ts";
import { contactSupport } from "./demo-support.rules.ts";

type Order = { orderId: string; product: Product; orderedAt: number; promisedNoon: number };
type Delivery = { deliveredAt: number; daysLate: number; isInformed: boolean; isFlawed: boolean; isLost: boolean };

/** The way of an order after it was placed: parcel, promise kept or not, what the customer felt, and perhaps a return. */
export const fulfil = (story: Story, order: Order): void => {
  const { random } = story;
  const mail = (at: number, name: string): void => {
    say(story, at, null, { type: "track", event: "Email Delivered", properties: { channel: "email", campaign: name, order_id: order.orderId } });
  };
  mail(order.orderedAt + 90_000, "Order confirmation");
  const shippedAt = order.orderedAt + Math.floor(random.between(8, 40) * hourMs);
  const delivery = planDelivery(story, order);
  say(story, shippedAt, null, parcel("Order Shipped", order, { carrier: "Bring & Go", promised_delivery_date: dateText(order.promisedNoon) }));
  if (delivery.daysLate > 0 && delivery.isInformed) {
    say(story, order.promisedNoon - 20 * hourMs, null, parcel("Delivery Delayed", order, { new_delivery_date: dateText(delivery.deliveredAt) }));
  }
  if (!delivery.isLost) {
    say(story, delivery.deliveredAt, null, parcel("Order Delivered", order, {
      promised_delivery_date: dateText(order.promisedNoon), delivered_at: isoText(delivery.deliveredAt), days_late: delivery.daysLate,
    }));
  }
  story.outcomes.push({ kind: "promise", promise: "delivery", madeAt: order.orderedAt, dueAt: endOfDay(order.promisedNoon), keptAt: delivery.isLost ? null : delivery.deliveredAt });
  feelDelivery(story, order, delivery);
  if (!delivery.isLost && random.chance(delivery.isFlawed ? 0.5 : 0.06)) sendBack(story, order, delivery);
};

const parcel = (event: string, order: Order, properties: Record<string, string | number>): Parameters<typeof say>[3] => ({
  type: "track", event, properties: { channel: "courier", order_id: order.orderId, ...properties },
});

const planDelivery = (story: Story, order: Order): Delivery => {
  const { random } = story;
  const { lateShare, usualLateShare, informedShare, usualInformedShare } = demoEffects.courierStrike;
  const isStrike = isDuring("courier_strike", order.promisedNoon, story.options.now);
  const isLate = random.chance(isStrike ? lateShare : usualLateShare);
  const daysLate = isLate ? random.weighted([[1, 4], [2, 4], [3, 2], [5, 1], [8, 1]] as const) : 0;
  const early = !isLate && random.chance(0.15) ? 1 : 0;
  const day = endOfDay(order.promisedNoon) - dayMs + (daysLate - early) * dayMs;
  const planned = nextOpening(random, courierRhythm, day);
  // A parcel due on a closed day comes the next open one: late as well, as the customer counts.
  const late = Math.max(0, Math.ceil((planned - endOfDay(order.promisedNoon)) / dayMs));
  return {
    deliveredAt: Math.max(planned, order.orderedAt + 42 * hourMs),
    daysLate: Math.max(late, Math.ceil((order.orderedAt + 42 * hourMs - endOfDay(order.promisedNoon)) / dayMs)),
    isInformed: random.chance(isStrike ? informedShare : usualInformedShare),
    isFlawed: random.chance(0.05 - 0.03 * order.product.quality),
    // One late parcel in twelve never comes.
    isLost: isLate && random.chance(0.08),
  };
};

const endOfDay = (noon: number): number => noon + dayMs / 2;

const feelDelivery = (story: Story, order: Order, delivery: Delivery): void => {
  const { random } = story;
  const { points, informedPoints, leaveShare } = demoEffects.brokenPromise;
  const { causes, felt } = whatWasFelt(delivery, order.product.quality, { points, informedPoints });
  remember(story, { at: delivery.deliveredAt, points: felt, causes });
  const isSilentlyLate = delivery.daysLate > 0 && !delivery.isInformed;
  if (isSilentlyLate && random.chance(0.45)) contactSupport(story, endOfDay(order.promisedNoon) + random.between(8, 30) * hourMs, "where_is_my_order");
  if (delivery.daysLate > 1 && !delivery.isInformed && random.chance(leaveShare * 2)) leave(story, delivery.deliveredAt, "broken_promise");
  const setting = settingOf(story, { thing: order.product.word, daysLate: delivery.daysLate });
  if (random.chance(0.33)) {
    const at = delivery.deliveredAt + Math.floor(random.between(2, 60) * hourMs);
    answerAfter(story, { at, channel: "email", touchpoint: "Delivery", about: null, served: { product: order.product.name } }, {
      survey: "delivery", kind: "csat", felt, also: alsoOfDelivery({ ...delivery, isEarly: delivery.deliveredAt < endOfDay(order.promisedNoon) - dayMs }), causes, setting,
    });
  }
  if (story.person.channels.app === 0 && random.chance(0.3)) {
    askRelationship(story, { at: delivery.deliveredAt + 26 * hourMs, channel: "email", touchpoint: "Delivery" });
  }
  if (random.chance(0.12)) {
    const at = delivery.deliveredAt + Math.floor(random.between(2, 21) * dayMs);
    const about: Cause[] = order.product.quality + random.normal() * 0.5 > 0 ? ["product_good", "as_described"] : ["product_bad", "misdescribed"];
    writeReview(story, { at, channel: "web", touchpoint: "Product review", about: null }, { felt: order.product.quality * 2 + 0.4 * felt, causes: [...about, ...causes], setting });
  }
};

const whatWasFelt = (delivery: Delivery, quality: number, weigh: { points: number; informedPoints: number }): { causes: readonly Cause[]; felt: number } => {
  if (delivery.isLost) return { causes: ["missing", "late", "silent"], felt: -3 };
  if (delivery.daysLate === 0) {
    return delivery.isFlawed ? { causes: ["missing"], felt: -1.8 } : { causes: ["on_time", "informed", "product_good"], felt: 0.45 + 0.4 * quality };
  }
  return delivery.isInformed
    ? { causes: ["late", "informed"], felt: -weigh.informedPoints }
    : { causes: ["late", "silent"], felt: -weigh.points - 0.15 * Math.min(4, delivery.daysLate) };
};

/** A thing sent back: refund promised within ten days of the return reaching the warehouse. */
const sendBack = (story: Story, order: Order, delivery: Delivery): void => {
  const { random } = story;
  const requestedAt = delivery.deliveredAt + Math.floor(random.between(0.3, 9) * dayMs);
  const receivedAt = requestedAt + Math.floor(random.between(2, 6) * dayMs);
  const daysTaken = random.weighted([[3, 5], [6, 4], [9, 2], [14, 1], [22, 0.6]] as const);
  const refundedAt = receivedAt + Math.floor((daysTaken + random.between(0, 0.4)) * dayMs);
  const dueAt = receivedAt + 10 * dayMs;
  const fields = { channel: "web", order_id: order.orderId };
  say(story, requestedAt, null, { type: "track", event: "Return Requested", properties: { ...fields, reason: delivery.isFlawed ? "fault" : "changed_mind" } });
  say(story, receivedAt, null, { type: "track", event: "Return Received", properties: { ...fields, channel: "courier", promised_refund_date: dateText(dueAt) } });
  say(story, refundedAt, null, { type: "track", event: "Order Refunded", properties: { ...fields, channel: "email", promised_refund_date: dateText(dueAt) } });
  story.outcomes.push({ kind: "promise", promise: "refund", madeAt: receivedAt, dueAt, keptAt: refundedAt });
  const isSlow = refundedAt > dueAt;
  remember(story, { at: Math.min(refundedAt, dueAt), points: isSlow ? -1.6 : 0.5, causes: [isSlow ? "refund_slow" : delivery.isFlawed ? "fixed" : "refund_fast"] });
};
