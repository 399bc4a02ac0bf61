export const languages = ["curl", "Node", "Browser"] as const;
export type Language = (typeof languages)[number];

/** A first event, ready to paste.
 *  @param host where this server is reached: "https://cx.example.com" */
export const snippetFor = (language: Language, { host, key }: { host: string; key: string }): string => {
  switch (language) {
    case "curl":
      return `curl -u '${key}:' ${host}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{"userId":"42","event":"Order Completed","properties":{"total":59.9,"channel":"web"}}'`;
    case "Node":
      return `// npm install @segment/analytics-node
import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${host}" });
analytics.track({ userId: "42", event: "Order Completed", properties: { total: 59.9 } });
await analytics.closeAndFlush();`;
    case "Browser":
      return `// npm install @segment/analytics-next
import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load(
  { writeKey: "${key}", cdnURL: "${host}" },
  { integrations: { "Segment.io": { apiHost: "${host.replace(/^https?:\/\//, "")}/v1", protocol: "${host.startsWith("https") ? "https" : "http"}" } } },
);
analytics.identify("42", { email: "maria@example.com" });
analytics.track("Order Completed", { total: 59.9 });`;
  }
};
