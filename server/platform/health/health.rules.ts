export type Reading = { name: string; help: string; kind: "gauge" | "counter"; value: number };

/** Readings in the text format Prometheus reads (exposition format 0.0.4). */
export const metricsText = (readings: readonly Reading[]): string =>
  readings.map(({ name, help, kind, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value}\n`).join("");
