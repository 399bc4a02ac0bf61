import type { TemplateSketch } from "./template-sketch.contract.ts";

export const support: TemplateSketch = {
  description: "Something does not work: from the trouble to its end, with the effort it takes.",
  stages: [
    { name: "Trouble", steps: [
      { name: "Meets a problem", at: ["App crash", "Payment problem"], weighs: [5, 4], feels: [0, -2, -1], does: "Tries once more", moves: ["Wants to get on with something else", "Annoyed, perhaps ashamed", "Wants it gone"] },
      { name: "Helps themselves", at: ["Help centre"], isOptional: true, weighs: [4, 5], feels: [-1, 0, 0], nextWithinHours: 4, does: "Searches our help pages and the web", asks: "Am I the only one?", hurts: "The answer is for another version", idea: "Answers written from the words customers use", systems: "Help centre" },
    ] },
    { name: "Ask", steps: [
      { name: "Reaches us", at: ["Support call", "Support chat", "Support e-mail", "Support ticket"], isMomentOfTruth: true, weighs: [5, 5], feels: [-1, -1, 0], nextWithinHours: 24, does: "Explains what happened", expects: "A person who knows the case", hurts: "Waiting, menus, being passed on", people: "Support", systems: "Telephone, ticket system" },
      { name: "Explains it again", at: ["Call back"], isOptional: true, weighs: [5, 4], feels: [-1, -2, -1], does: "Tells the same to the next person", moves: ["", "Feels like a number", ""], hurts: "Every repetition costs trust", idea: "Hand over the case with its history" },
    ] },
    { name: "Solve", steps: [
      { name: "Waits for the solution", weighs: [4, 3], feels: [-1, -1, 0], nextWithinHours: 72, asks: "Is anybody working on it?", promise: "When they hear from us next, even without news", moves: ["", "Wants to be able to rely on it", ""], people: "Specialists behind support" },
      { name: "Has it solved", at: ["Support ticket", "Support call", "Support chat"], isMomentOfTruth: true, weighs: [5, 5], feels: [0, 1, 2], does: "Tries it out", expects: "That it stays solved", moves: ["Doubt", "Relief", "Thinks better of us than before"] },
    ] },
    { name: "Afterwards", steps: [
      { name: "Is asked how it went", at: ["Survey"], isOptional: true, weighs: [2, 4], feels: [0, 0, 1], does: "Says how easy it was", idea: "Call everybody who says it was hard" },
      { name: "Comes again with the same", at: ["Support call", "Support chat", "Support e-mail"], isOptional: true, weighs: [5, 5], feels: [-2, -2, -1], hurts: "The problem was closed, not solved" },
    ] },
  ],
};

export const onboarding: TemplateSketch = {
  description: "From signing up to the first day without us: what has to work for somebody to stay.",
  stages: [
    { name: "Begin", steps: [
      { name: "Signs up", at: ["Registration"], weighs: [3, 5], feels: [1, 0, 1], nextWithinHours: 1, does: "Gives name and address", asks: "What do they need this for?", moves: ["Wants to see whether it helps", "Wants to be through quickly", ""], hurts: "Questions that could wait" },
      { name: "Is welcomed", at: ["E-mail"], weighs: [2, 3], feels: [0, 1, 1], nextWithinHours: 24, does: "Reads, or does not, the first message", expects: "One next step, not ten", idea: "A message that differs by what somebody came for" },
    ] },
    { name: "Set up", steps: [
      { name: "Signs in for the first time", at: ["Sign-in", "App start", "App installation"], weighs: [3, 4], feels: [1, 0, 0], does: "Looks around", asks: "Where do I begin?" },
      { name: "Sets it up", at: ["Account"], fails: ["App crash"], weighs: [4, 5], feels: [0, -1, 1], nextWithinHours: 72, does: "Brings data in, invites others", hurts: "Work before there is any use", people: "Onboarding team", idea: "Begin with an example that works" },
      { name: "Asks for help", at: ["Help centre", "Support chat", "Support call"], isOptional: true, weighs: [5, 4], feels: [-1, 0, 1], does: "Gets stuck and asks", moves: ["Does not want to look stupid", "", "Feels in good hands"] },
    ] },
    { name: "First success", steps: [
      { name: "Gets the first result", at: ["Trial"], isMomentOfTruth: true, weighs: [5, 5], feels: [0, 2, 2], nextWithinHours: 168, does: "Has done what they came for", moves: ["Doubt whether it was worth it", "Pride", "Shows it to others"] },
      { name: "Decides to stay", at: ["Order placed"], isMomentOfTruth: true, weighs: [4, 5], feels: [0, 1, 1], asks: "What does it cost me, and can I get out?", expects: "A price without surprises" },
    ] },
    { name: "Habit", steps: [
      { name: "Uses it without thinking", at: ["App start", "Sign-in"], weighs: [4, 5], feels: [0, 1, 1], does: "Comes back by themselves", promise: "It is there whenever it is needed" },
      { name: "Says how it goes", at: ["Survey"], isOptional: true, weighs: [2, 4], feels: [0, 0, 1], does: "Answers after a month" },
    ] },
  ],
};

export const renewal: TemplateSketch = {
  description: "A contract comes to its end: does the customer go on, and gladly?",
  stages: [
    { name: "Use", steps: [
      { name: "Uses what was bought", at: ["App start", "Sign-in"], weighs: [4, 5], feels: [0, 1, 1], moves: ["", "Gets something done with it", "Asks now and then whether it is worth it"] },
      { name: "Needed us in between", at: ["Support call", "Support chat", "Support ticket"], isOptional: true, weighs: [5, 4], feels: [-1, 0, 1], does: "Had a question or a complaint", hurts: "What is still open when the renewal comes" },
    ] },
    { name: "Reminder", steps: [
      { name: "Hears that it ends", at: ["E-mail"], weighs: [4, 5], feels: [0, 0, 0], nextWithinHours: 336, does: "Reads date and price", expects: "To be told in time, and in plain words", promise: "Nothing goes on without being said", idea: "Show what was used and what it brought" },
      { name: "Weighs it up", at: ["Account", "Product page"], isMomentOfTruth: true, weighs: [5, 5], feels: [0, 0, 0], nextWithinHours: 336, does: "Compares with others, asks colleagues or family", asks: "Why is it dearer than for new customers?", moves: ["Wants no trouble", "Wants to be fairly treated", ""], hurts: "Better prices for strangers" },
    ] },
    { name: "Decide", steps: [
      { name: "Asks for something else", at: ["Support call", "Support e-mail"], isOptional: true, weighs: [5, 5], feels: [-1, 0, 1], does: "Wants less, more, or a better price", people: "Account managers" },
      { name: "Renews", at: ["Order placed"], isMomentOfTruth: true, weighs: [4, 5], feels: [0, 1, 1], does: "Goes on", expects: "One click, no paper", systems: "Contracts, invoicing" },
      { name: "Is thanked", at: ["E-mail"], isOptional: true, weighs: [3, 3], feels: [0, 1, 1], idea: "A thank-you that sells nothing" },
    ] },
  ],
};

export const leaving: TemplateSketch = {
  description: "A customer goes: why, how hard we make it, and what they tell others afterwards.",
  stages: [
    { name: "Grow apart", steps: [
      { name: "Is let down", at: ["Payment problem", "Delivery delay notice", "App crash"], weighs: [5, 5], feels: [0, -2, -1], does: "Meets a broken promise", moves: ["Had relied on us", "Anger, or worse: indifference", ""], hurts: "Often not the failure, but what came after it" },
      { name: "Complains", at: ["Support call", "Support e-mail", "Support chat"], isOptional: true, isMomentOfTruth: true, weighs: [5, 5], feels: [-1, -1, 0], nextWithinHours: 48, asks: "Does anybody care?", idea: "Whoever complains still wants to stay: call the same day" },
      { name: "Grows silent", weighs: [2, 5], feels: [-1, -1, -1], does: "Uses it less and opens no mails", moves: ["", "Has no more hopes of us", ""] },
    ] },
    { name: "Go", steps: [
      { name: "Looks for the way out", at: ["Account", "Help centre"], weighs: [4, 4], feels: [-1, -1, -1], nextWithinHours: 24, asks: "How do I get out, and until when?", expects: "A way out as easy as the way in", hurts: "It can only be done by telephone" },
      { name: "Cancels", at: ["Order change", "Support call"], isMomentOfTruth: true, weighs: [5, 5], feels: [-1, -1, 0], nextWithinHours: 24, does: "Says the word, and why", promise: "The last day, and what happens with the data", people: "Support, account managers", idea: "Ask one open question and make no offer before it is answered" },
      { name: "Has it confirmed", at: ["E-mail"], weighs: [4, 3], feels: [0, 0, 1], expects: "A confirmation at once" },
    ] },
    { name: "Gone", steps: [
      { name: "Settles up", at: ["Refund", "Return"], isOptional: true, weighs: [4, 3], feels: [-1, 0, 0], does: "Gives things back, gets money back", systems: "Invoicing" },
      { name: "Tells others", at: ["Product review", "Survey"], isOptional: true, weighs: [2, 5], feels: [0, 0, 0], does: "Warns of us, or speaks well all the same", moves: ["", "Wants to be proved right, or to be fair", ""] },
      { name: "Comes back", at: ["Order placed", "Sign-in"], isOptional: true, weighs: [3, 5], feels: [0, 1, 1], moves: ["The others were no better", "", "Wants to be known again, not to begin anew"] },
    ] },
  ],
};

export const appointment: TemplateSketch = {
  description: "Somebody needs an appointment, comes, is served, and hears afterwards: at a practice, a bank, a garage, an office.",
  stages: [
    { name: "Arrange", steps: [
      { name: "Needs an appointment", at: ["Home page", "Search"], weighs: [4, 3], feels: [-1, 0, 0], asks: "Who is responsible, and how soon?", moves: ["Worry, or something that has been put off", "Wants it settled", ""] },
      { name: "Gets a date", at: ["Support call", "Account"], weighs: [5, 4], feels: [-1, 0, 1], nextWithinHours: 336, does: "Calls or chooses one online", hurts: "Nobody answers, or nothing is free for weeks", promise: "Day and time", systems: "Calendar", idea: "A waiting list that offers dates that become free" },
      { name: "Prepares", at: ["E-mail"], weighs: [3, 3], feels: [0, 0, 0], does: "Collects papers, plans the way", asks: "What do I need to bring?", expects: "A reminder with everything in it" },
      { name: "Changes the date", at: ["Order change"], isOptional: true, weighs: [3, 3], feels: [-1, 0, 0], does: "Cannot come and says so", hurts: "Changing means calling" },
    ] },
    { name: "Visit", steps: [
      { name: "Arrives", at: ["Shop visit"], weighs: [3, 3], feels: [0, 0, 1], does: "Reports at the desk", expects: "To be expected", people: "Reception" },
      { name: "Waits", weighs: [4, 3], feels: [0, -1, 0], asks: "How much longer?", hurts: "Waiting without a word", idea: "Say how long it will be, and why" },
      { name: "Is served", isMomentOfTruth: true, weighs: [5, 5], feels: [0, 1, 1], does: "Explains the matter", expects: "Time, and to be listened to", moves: ["Unease", "Wants to understand what happens", "Relief"], people: "Specialist" },
    ] },
    { name: "Afterwards", steps: [
      { name: "Knows what comes next", at: ["E-mail"], weighs: [5, 4], feels: [0, 1, 1], nextWithinHours: 48, does: "Reads the summary, takes the next step", promise: "What happens by when, and who calls whom" },
      { name: "Asks again", at: ["Support call", "Support e-mail"], isOptional: true, weighs: [4, 4], feels: [-1, 0, 1], asks: "What was meant by that?" },
      { name: "Says how it was", at: ["Survey"], isOptional: true, weighs: [2, 4], feels: [0, 0, 1], does: "Answers a short question on the way home", moves: ["", "Wants it to be read by whoever can change something", ""] },
    ] },
  ],
};
