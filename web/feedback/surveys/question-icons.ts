import {
  type Icon, IconAddressBook, IconAdjustmentsHorizontal, IconAlignLeft, IconAt, IconCalendar, IconCamera, IconCheckbox, IconCircleDot, IconHash, IconInfoCircle, IconLetterCase, IconListNumbers, IconMoodSmile, IconPaperclip,
  IconPercentage, IconPhone, IconPhoto, IconSelector, IconSignature, IconGauge, IconFeather, IconStar, IconTable,
} from "@tabler/icons-react";
import type { Addable } from "./new-question.rules.ts";

/** One picture per kind of question, the same in every list. */
export const QUESTION_ICONS: Readonly<Record<Addable, Icon>> = {
  nps: IconGauge, csat: IconMoodSmile, ces: IconFeather, rating: IconStar, slider: IconAdjustmentsHorizontal,
  single: IconCircleDot, multi: IconCheckbox, dropdown: IconSelector, picture: IconPhoto, ranking: IconListNumbers, matrix: IconTable, constant_sum: IconPercentage,
  text: IconLetterCase, long_text: IconAlignLeft, number: IconHash, date: IconCalendar, email: IconAt, phone: IconPhone, contact: IconAddressBook,
  consent: IconSignature, file: IconPaperclip, photo: IconCamera, statement: IconInfoCircle,
};
