import type { CustomMetric, MetricKey, SplitKey } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { measureOf } from "./scores.ts";

/** A metric in full; one of one's own by the name it was given. */
export const nameOf = (metric: MetricKey, title?: string): string => {
  const measure = measureOf(metric);
  return measure === "custom" ? (title ?? metricsTexts.say("customShort")) : metricsTexts.say(measure);
};

/** The same in as few words as a heading has room for. */
export const shortNameOf = (metric: MetricKey, title?: string): string => {
  const measure = measureOf(metric);
  return measure === "custom" ? (title ?? metricsTexts.say("customShort")) : metricsTexts.say(`${measure}Short`);
};

/** A metric as a sentence begins with it, in few words; needs by their whole names, since "Easy fell" says nothing. */
export const toldNameOf = (metric: MetricKey, title?: string): string => needNameOf(metric) ?? shortNameOf(metric, title);

/** The same where there is room. */
export const fullNameOf = (metric: MetricKey, title?: string): string => needNameOf(metric) ?? nameOf(metric, title);

const needNameOf = (metric: MetricKey): string | null => {
  const measure = measureOf(metric);
  switch (measure) {
    case "need_easy":
    case "need_expect":
    case "need_promise":
    case "need_inform":
    case "need_individ":
    case "need_right":
      return metricsTexts.say(`${measure}Told`);
    default:
      return null;
  }
};

export const titleIn = (customs: readonly CustomMetric[], metric: MetricKey): string | undefined => customs.find((one) => one.metric === metric)?.name;

/** A way to split, such as "Channel" or "Trait: plan". */
export const nameOfSplit = (by: SplitKey): string => {
  switch (by) {
    case "touchpoint":
    case "channel":
    case "stage":
    case "survey":
    case "source":
    case "environment":
    case "product":
    case "team":
    case "department":
    case "persona":
    case "member":
    case "segment":
    case "language":
    case "emotion":
    case "month":
    case "weekday":
      return metricsTexts.say(by);
    default:
      return metricsTexts.say("trait", { name: by.slice("trait:".length) });
  }
};
