import type { TemplateSketch } from "./template-sketch.contract.ts";

export const firstPurchase: TemplateSketch = {
  description: "Somebody who never bought from us finds us, chooses, pays, and has the thing in hand.",
  stages: [
    { name: "Discover", steps: [
      { name: "Notices us", at: ["Promotion"], weighs: [2, 4], feels: [0, 1, 1], does: "Sees an advertisement, or hears of us from a friend", asks: "What is this, and is it for me?", moves: ["A need that has come up", "Curiosity", "Wants to see more without giving anything away"], people: "Marketing" },
      { name: "Arrives", at: ["Home page"], weighs: [3, 4], feels: [0, 1, 1], does: "Opens our first page, mostly on a phone", expects: "To see within seconds what we sell and for whom", hurts: "What the advertisement showed is nowhere on the page", systems: "Website" },
    ] },
    { name: "Consider", steps: [
      { name: "Looks for the right thing", at: ["Search", "Product list"], weighs: [4, 4], feels: [0, 0, 1], does: "Searches, filters, compares", asks: "Which one fits me?", moves: ["", "Wants to find it alone, without asking", ""], hurts: "Too many results that differ in nothing that matters" },
      { name: "Reads about one", at: ["Product page"], weighs: [5, 5], feels: [1, 1, 1], isMomentOfTruth: true, does: "Reads the description, looks at pictures and reviews", asks: "What does it cost in the end, and when is it here?", expects: "The full price and the day of delivery before the cart", idea: "Show the day of delivery beside the price" },
      { name: "Keeps it for later", at: ["Wish list"], isOptional: true, weighs: [2, 2], feels: [0, 0, 0], does: "Notes it down and thinks it over", moves: ["Not sure yet, or not the time", "", "Wants to find it again at the same price"] },
    ] },
    { name: "Buy", steps: [
      { name: "Puts it in the cart", at: ["Cart"], weighs: [3, 4], feels: [1, 1, 0], nextWithinHours: 24, does: "Collects what is to be bought", hurts: "Costs that show only here" },
      { name: "Checks out", at: ["Checkout", "Registration", "Sign-in"], fails: ["Payment problem"], weighs: [5, 5], feels: [0, -1, 1], isMomentOfTruth: true, nextWithinHours: 1, does: "Gives address and payment", asks: "Is this safe? Do I need an account?", moves: ["Wants it done", "Fears to be charged wrongly", "Relief"], hurts: "The payment fails and nobody says why", idea: "Let people buy without an account", systems: "Shop, payment provider" },
      { name: "Has ordered", at: ["Order placed"], weighs: [4, 5], feels: [1, 2, 1], nextWithinHours: 48, does: "Reads the confirmation", expects: "A confirmation at once, with everything in it", promise: "The day of delivery" },
    ] },
    { name: "Receive", steps: [
      { name: "Waits", at: ["Shipment", "E-mail"], fails: ["Delivery delay notice"], weighs: [4, 3], feels: [1, 0, 0], nextWithinHours: 72, does: "Looks where the parcel is", asks: "Where is it?", moves: ["Looks forward to it", "Wants to plan the day", ""], hurts: "Silence between order and delivery", idea: "Write first when it is late, not after the customer asks" },
      { name: "Has it in hand", at: ["Delivery"], weighs: [5, 5], feels: [1, 2, 2], isMomentOfTruth: true, does: "Opens the parcel", expects: "What was shown, whole and complete", people: "Warehouse, carrier" },
    ] },
    { name: "Use", steps: [
      { name: "Tells how it was", at: ["Product review", "Survey"], isOptional: true, weighs: [2, 5], feels: [0, 1, 1], does: "Rates it, or tells a friend", moves: ["", "Wants to be heard, or to help others", "Would like an answer"] },
    ] },
  ],
};

export const delivery: TemplateSketch = {
  description: "From a placed order to a thing that stands where it belongs: what is promised, what is told on the way, what happens when it is late.",
  stages: [
    { name: "Order", steps: [
      { name: "Has ordered", at: ["Order placed"], weighs: [4, 4], feels: [1, 1, 1], nextWithinHours: 24, does: "Reads when it comes", promise: "A day, better a time of day", moves: ["Looks forward to it", "", "Wants to plan"] },
      { name: "Changes something", at: ["Order change"], isOptional: true, weighs: [4, 3], feels: [-1, 0, 1], does: "Corrects the address, adds or cancels", asks: "Is it too late for that?", hurts: "Nothing can be changed any more, though nothing was packed yet", idea: "Say until when a change is possible" },
    ] },
    { name: "On the way", steps: [
      { name: "Hears that it was sent", at: ["Shipment"], weighs: [4, 4], feels: [0, 1, 1], nextWithinHours: 72, expects: "A message that is true: sent, not merely announced", people: "Warehouse", systems: "Warehouse system" },
      { name: "Follows the parcel", at: ["Push notification", "E-mail"], isOptional: true, weighs: [3, 3], feels: [0, 0, 0], does: "Opens the tracking page again and again", asks: "Is today still true?", moves: ["", "Does not want to wait at home for nothing", ""] },
      { name: "Hears that it is late", at: ["Delivery delay notice"], isOptional: true, isMomentOfTruth: true, weighs: [5, 5], feels: [0, -1, 0], does: "Plans anew", expects: "A reason and a new day that holds", hurts: "A new day that is broken as well", idea: "Offer another place or day with one tap" },
    ] },
    { name: "Handover", steps: [
      { name: "Takes it", at: ["Delivery"], isMomentOfTruth: true, weighs: [5, 5], feels: [1, 2, 1], nextWithinHours: 24, does: "Meets the courier, or finds it at the agreed place", hurts: "A card in the letter box instead of the parcel", people: "Carrier" },
      { name: "Unpacks it", weighs: [4, 3], feels: [1, 1, 1], does: "Opens it, checks whether all is there, gets rid of the packaging", asks: "Is everything there?", idea: "A list of the parts on the inside of the lid" },
    ] },
    { name: "Afterwards", steps: [
      { name: "Asks where it is", at: ["Support call", "Support chat", "Support e-mail"], isOptional: true, weighs: [5, 5], feels: [-1, -1, 0], does: "Turns to support because nobody told", moves: ["Worry that it is lost", "Wants somebody to take it on", "Wants not to have to ask twice"], hurts: "Support sees no more than the tracking page shows" },
      { name: "Says how it went", at: ["Survey"], isOptional: true, weighs: [2, 4], feels: [0, 0, 1], does: "Answers one question about the delivery" },
    ] },
  ],
};

export const shopVisit: TemplateSketch = {
  description: "From the wish to see a thing in person to leaving the shop with it, or without.",
  stages: [
    { name: "Before the visit", steps: [
      { name: "Looks up the shop", at: ["Home page", "Search"], weighs: [3, 3], feels: [0, 0, 1], nextWithinHours: 48, does: "Checks opening hours, way, and whether it is in stock", asks: "Do they have it, and are they open?", hurts: "Stock on the website is not the stock in the shop", systems: "Website, stock" },
    ] },
    { name: "In the shop", steps: [
      { name: "Comes in", at: ["Shop visit"], weighs: [3, 3], feels: [0, 1, 1], does: "Looks around", expects: "To be noticed and not to be chased", people: "Shop staff" },
      { name: "Looks for it", weighs: [4, 4], feels: [0, 0, 0], does: "Reads signs, asks", moves: ["", "Wants to touch and compare", ""], hurts: "Nobody to ask" },
      { name: "Is advised", isMomentOfTruth: true, weighs: [5, 5], feels: [0, 1, 2], does: "Explains what it is for, tries it out", expects: "Advice for the need, not for the dearest thing", moves: ["Unsure what is right", "Wants to be taken seriously", "Feels sure"], people: "Adviser", idea: "Let advisers see what was on the wish list, if the customer agrees" },
      { name: "Pays at the till", way: 1, at: ["Shop purchase"], weighs: [4, 5], feels: [1, 0, 1], does: "Queues and pays", hurts: "The queue", idea: "Pay where one stands", systems: "Till" },
      { name: "Orders it to the door", way: 2, at: ["Order placed"], weighs: [4, 4], feels: [0, 0, 1], does: "Has it ordered by the adviser, or does it on the phone", asks: "When will it come?", systems: "Shop" },
    ] },
    { name: "After the visit", steps: [
      { name: "Takes it home or has it sent", at: ["Delivery"], isOptional: true, weighs: [4, 3], feels: [1, 1, 1], promise: "The agreed day" },
      { name: "Comes back with a question", at: ["Support call", "Support e-mail", "Return"], isOptional: true, weighs: [4, 4], feels: [-1, 0, 1], asks: "Can I exchange it here?", expects: "That shop and website know the same" },
      { name: "Says how it was", at: ["Survey", "Product review"], isOptional: true, weighs: [2, 4], feels: [0, 0, 1], does: "Answers a short question" },
    ] },
  ],
};

export const returns: TemplateSketch = {
  description: "A thing goes back: from the doubt to the money on the account.",
  stages: [
    { name: "Decide", steps: [
      { name: "Is not happy with it", at: ["Delivery"], weighs: [4, 4], feels: [0, -1, -1], does: "Sees that it does not fit, is broken, or is not what was shown", moves: ["Disappointment", "Asks whether it is worth the trouble", ""] },
      { name: "Looks how returning works", at: ["Help centre", "Account"], weighs: [5, 4], feels: [-1, 0, 0], nextWithinHours: 24, asks: "Until when, at whose cost, how?", expects: "One page that says it all", hurts: "Conditions in small print" },
    ] },
    { name: "Send back", steps: [
      { name: "Announces the return", at: ["Return"], weighs: [4, 4], feels: [-1, 0, 1], nextWithinHours: 72, does: "Chooses things and reason", promise: "The refund within days of arrival", idea: "Offer exchange or repair first, and never insist", systems: "Shop" },
      { name: "Hands it over", weighs: [3, 2], feels: [0, 0, 0], nextWithinHours: 240, does: "Packs it and takes it to a drop-off point", hurts: "A label has to be printed", moves: ["", "Wants a receipt", "Wants to be rid of it"] },
      { name: "Asks what became of it", at: ["Support call", "Support chat", "Support e-mail"], isOptional: true, weighs: [5, 5], feels: [-1, -1, 0], asks: "Did it arrive?", hurts: "Silence since the handover", idea: "Tell that it arrived on the day it does" },
    ] },
    { name: "Money back", steps: [
      { name: "Has the refund", at: ["Refund"], isMomentOfTruth: true, weighs: [5, 5], feels: [-1, 1, 1], does: "Sees the money on the account", expects: "The whole sum, without asking", people: "Returns desk, accounting" },
      { name: "Buys again, or does not", at: ["Order placed"], isOptional: true, weighs: [2, 5], feels: [0, 1, 1], moves: ["Easy to return means little risk", "", ""] },
    ] },
  ],
};
