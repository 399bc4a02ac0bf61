import { expect, test } from "vitest";
import { isForged, isFromSender } from "./senders.rules.ts";

test.each<[string, string, boolean]>([
  ["noreply@reviews.example", "reviews.example", true], ["Noreply@Mail.Reviews.example", "@reviews.example", true], ["noreply@reviews.example", "shop.example, noreply@reviews.example", true],
  ["noreply@reviews.example", "", false], ["noreply@reviews.example", "other@reviews.example", false], ["noreply@notreviews.example", "reviews.example", false],
  ["noreply@reviews.example.evil.example", "reviews.example", false], ["", "reviews.example", false], ["reviews.example", "reviews.example", false],
])("%s is one of \"%s\": %s", (address, senders, isOne) => {
  expect(isFromSender(address, senders)).toBe(isOne);
});

test.each<[string[], boolean]>([
  [["mx.example; spf=pass; dmarc=fail (p=REJECT) header.from=reviews.example"], true], [["mx.example; dmarc=pass"], false], [[], false],
  [["mx.example; dmarc=pass", "forged.example; dmarc=fail"], false],
])("the results %j tell of a forged sender: %s", (results, isTold) => {
  expect(isForged(results)).toBe(isTold);
});
