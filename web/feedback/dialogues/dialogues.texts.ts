import { defineTexts } from "../../ui/texts.ts";

export const dialoguesTexts = defineTexts("dialogues", {
  try: "Try by phone or in a chat",
  title: "Try it turn by turn",
  about: "The published survey as a chat or a voice asks it. Nothing of this is saved.",
  channel: "Asked",
  chat: "In a chat",
  phone: "By phone",
  language: "Language",
  begin: "Begin",
  beginAgain: "Begin again",
  talk: "Conversation",
  said: "Survey",
  answered: "You",
  answer: "Your answer",
  spoken: "What you say",
  keys: "Keys of the phone",
  keysHint: "Digits, or * to pass over; # sends.",
  send: "Send",
  completed: "The survey was answered to its end.",
  stopped: "You stopped.",
  not_understood: "It ended, because a required question stayed without an answer.",
});
