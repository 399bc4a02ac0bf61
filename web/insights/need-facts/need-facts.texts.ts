import { defineTexts } from "../../ui/texts.ts";

export const needFactsTexts = defineTexts("need-facts", {
  title: "What happened",
  hint: "The same needs, measured from facts of the period instead of words.",
  label: "What happened, need by need",
  need: "Need", what: "What is measured", cases: "Cases", over: "Over the limit", middle: "Middle", tenth: "One in ten over", change: "Change",
  EASY: "Make it easy", EXPECT: "Set expectations", PROMISE: "Keep promises", INFORM: "Keep informed", INDIVID: "Treat as individual", RIGHT: "Put it right",
  repeated_contacts: "Had to come back on the same matter within a week", repeated_contacts_hint: "Contacts of one customer on one matter (its reason, where it is told) are one case while no more than seven days lie between them. Value: contacts after the first.",
  channel_switches: "Changed the channel while coming back", channel_switches_hint: "Of cases with more than one contact: how often the channel changed.",
  steps_to_goal: "Took more than {{limit}} steps to the goal", steps_to_goal_hint: "What a customer met in one visit (no pause of half an hour) up to and with the goal.",
  promise_off: "Came more than {{limit}} days before or after the date told", promise_off_hint: "Days between the date promised and the real one, either way: how well expectations were set.",
  promise_late: "Came later than promised", promise_late_hint: "Days after the promised date, below nothing when early. A date without a time is kept until the end of that day; what never came counts as late until now.",
  longest_silence: "Heard nothing for more than {{limit}} days while waiting", longest_silence_hint: "The longest time without any fact about an order or case between its opening and its closing.",
  asked_again: "Asked the same again within 30 days", asked_again_hint: "The same survey, form or question put to the same customer a second time.",
  time_to_remedy: "Waited more than {{limit}} days until put right", time_to_remedy_hint: "Days from what went wrong to the remedy of the same order or case. Who still waits longer than the limit counts.",
  reopened: "Came back within two weeks after it was called solved", reopened_hint: "Contacts marked as solved that were followed by another one on the same matter.",
  interval: "{{low}} to {{high}}", days: "{{n}} days", open: "{{share}}: show the cases: {{what}}",
  unmeasured: "Not measured: no such facts here", few: "Fewer than 5 cases: not shown", madeOf: "Made of: {{names}}",
  more: "{{points}} points more than before", less: "{{points}} points less than before", same: "No change beyond chance",
  nothing: "Nothing can be measured yet: it takes facts such as contacts, orders with a promised date, or returns.",
  explain: "How it is measured: {{what}}", panelOver: "Over the limit", panelAll: "All cases", none: "No case.", unnamed: "Unnamed customer", loadMore: "Load more",
  value_days: "{{n}} days", value_count: "{{n}}", value_share: "",
});
