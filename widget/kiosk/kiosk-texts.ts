/** Words for whoever sets the device up; those who answer read the survey's own words. */
export const kioskTexts = {
  pairTitle: "Set up this kiosk", pairText: "In Firsthand, open the kiosk and make a code. It holds for 15 minutes.", code: "Code", pair: "Make this device the kiosk",
  codeWrong: "This code is not known or has ended. Make a new one in Firsthand.", noLine: "There is no connection. Try again when the device is online.",
  nothingToAsk: "This kiosk has nothing to ask at the moment.", waiting_one: "1 answer waits to be sent", waiting_other: "{n} answers wait to be sent", allSent: "All answers are sent",
  refused: "{n} of them cannot be taken by the server. They are kept; ask whoever set this up.",
  leave: "Leave the kiosk", pin: "PIN", pinWrong: "That is not the PIN.", stay: "Back", left: "This kiosk is locked open for maintenance.", again: "Start asking", newDevice: "Unpair this device",
  unpairQuestion: "Unpair? Answers that wait are kept and sent.", still: "Are you still there?", stillYes: "Yes, go on", begin: "Touch to begin",
} as const;
