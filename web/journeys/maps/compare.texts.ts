import { defineTexts } from "../../ui/texts.ts";

export const compareTexts = defineTexts("map-compare", {
  everybody: "Everybody", periodBefore: "The period before", yearBefore: "The same days a year before", comparedWith: "Compared with", nothing: "Nothing", sameCustomers: "The same customers", whose: "Whose journey to compare with", when: "Days to compare with", stop: "Stop comparing",
  ofCustomers_one: "{{n}} customer", ofCustomers_other: "{{n}} customers", overlap: "Whoever is on both sides counts as two: that makes a difference look rather less certain than it is.",
  points: "{{value}} points", times: "{{value}}×", longer: "+{{time}}", shorter: "−{{time}}", maybe: "≈ {{value}}",
  whole: "{{lane}}: {{value}}, between {{low}} and {{high}} with 95% confidence. {{verdict}}",
  beyondChance: "Beyond chance: of all differences told so on this map, at most one in twenty is expected to be chance.", maybeChance: "This may be chance.",
  feelingWithin: "{{value}} on −100 to 100, between {{low}} and {{high}}, n = {{count}}", planned: "Planned to the next step", withinPlanned: "Within what is planned", failed: "Met a failure", between: "{{value}}, between {{low}} and {{high}}", betweenTimes: "{{value}}, between {{low}} and {{high}}",
  again: "Met the same again", againTimes: "{{value}} times per customer", designedBefore: "Designed before", designedDuring: "Designed during", designedAfter: "Designed after", low: "From", high: "To", compared: "Compared with", none: "–",
});
