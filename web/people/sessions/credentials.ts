import { sessionsTexts } from "./sessions.texts.ts";

// The same shortest length as the server's contract; importing its value would bring the validator into this page.
const shortest = 10;

/** Rules for forms: a sentence when a value is wrong, null when it is right. */
export const checkEmail = (value: string): string | null => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : sessionsTexts.say("emailWrong"));
export const checkFilled = (value: string): string | null => (value.trim() === "" ? sessionsTexts.say("required") : null);
export const checkNewPassword = (value: string): string | null => (value.length < shortest ? sessionsTexts.say("passwordShort") : null);
