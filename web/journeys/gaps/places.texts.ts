import { defineTexts } from "../../ui/texts.ts";

export const placesTexts = defineTexts("gap-places", {
  title: "One touchpoint side by side", body: "The same touchpoint at all its channels, places, teams and members, also where none is worse, and what was planned of it beside what came.",
  touchpoint: "Touchpoint", choose: "Choose a touchpoint", moreTouchpoints_one: "{{count}} touchpoint with fewer scores is not listed.", moreTouchpoints_other: "{{count}} touchpoints with fewer scores are not listed.", differs: "{{name}} (differs beyond chance)", nothing: "Nothing was felt there in this period, and nothing was planned of it.",
  by_channel: "By channel", by_place: "By place", by_team: "By team", by_member: "By member", name_channel: "Channel", name_place: "Place", name_team: "Team", name_member: "Member",
  feeling: "Feeling", interval: "95% interval", scores: "Scores", between: "{{low}} to {{high}}", more_one: "{{count}} more is not listed.", more_other: "{{count}} more are not listed.",
  beyondChance: "They differ beyond chance ({{p}}).", maybeChance: "That they differ may be chance ({{p}}).", untested: "Too few customers scored to compare: ten in each of two are needed.",
  planned: "Planned beside what came", step: "Step", stepOf: "{{step}} on “{{map}}”", designed: "Designed feeling", within: "Next step in time", withinOf: "{{share}} within {{hours}} h",
});
