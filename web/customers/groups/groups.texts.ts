import { defineTexts } from "../../ui/texts.ts";

export const groupsTexts = defineTexts("groups", {
  title: "Groups",
  one: "Group",
  all: "All groups",
  back: "All customers",
  search: "Search name or key",
  name: "Name",
  key: "Key",
  kind: "Kind",
  customers: "Customers",
  lastSeen: "Last seen",
  firstSeen: "First seen",
  none: "No group yet",
  noneBody: "Companies, households and other accounts appear with the first group message, or with a groupId in the context of any other.",
  noneFound: "No group found for this search",
  traits: "Traits",
  traitsNone: "Nothing is known about this group beyond its name.",
  customersNone: "Nobody belongs to this group any more",
  customer: "Customer",
  email: "E-mail",
  lastScore: "Last score",
  interactions: "Interactions",
  count_one: "{{n}} customer",
  count_other: "{{n}} customers",
  since: "known since {{day}}",
});

export type GroupsTexts = (typeof groupsTexts)["words"];
