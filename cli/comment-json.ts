import { NEEDS, type WordReading } from "@firsthand/text";

/** One line of JSON for a comment. Written by hand: `JSON.stringify` takes four times as long for the same line.
 *  @param id as JSON  @param themes null when nobody asked for them */
export const writeReading = (id: string, reading: WordReading, themes: readonly { name: string; sure: number }[] | null): string => {
  const { language, sentiment, sentimentScore, emotion, confidence } = reading;
  let needs = "";
  let sure = "";
  for (const need of NEEDS) {
    const polarity = reading.needs[need];
    if (polarity === undefined) continue;
    const comma = needs === "" ? "" : ",";
    needs += `${comma}"${need}":"${polarity}"`;
    sure += `${comma}"${need}":${writeShare(confidence.needs[need] ?? 0)}`;
  }
  return `{"id":${id},"language":${quoted(language)},"sentiment":"${sentiment}","sentimentScore":${sentimentScore < 0 ? minus(writeShare(-sentimentScore)) : writeShare(sentimentScore)},"emotion":${quoted(emotion)},"needs":{${needs}},"urgent":${reading.isUrgent},"themes":[${themes === null || themes.length === 0 ? "" : themes.map(({ name }) => JSON.stringify(name)).join(",")}],"confidence":{"language":${writeShare(confidence.language)},"sentiment":${writeShare(confidence.sentiment)},"emotion":${writeShare(confidence.emotion)},"urgent":${writeShare(confidence.urgent)},"needs":{${sure}}${themes === null ? "" : `,"themes":{${themes.map((one) => `${JSON.stringify(one.name)}:${writeShare(one.sure)}`).join(",")}}`}},"unsure":${reading.isUnsure}}\n`;
};

const quoted = (word: string | null): string => (word === null ? "null" : `"${word}"`);
const minus = (share: string): string => (share === "0" ? share : `-${share}`);

// Three places after the point are more than a model knows.
const thousandths = Array.from({ length: 1_001 }, (_, index) => String(index / 1_000));
const writeShare = (share: number): string => thousandths[Math.round(share * 1_000)] ?? (share > 1 ? "1" : "0");
