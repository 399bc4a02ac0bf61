import type { Highlight, NeedName } from "./comments.data.ts";
import { cutText } from "./highlights.ts";

type HighlightedTextProps = { text: string; highlights: readonly Highlight[]; only: NeedName | undefined };

/** A text with the words marked that carried a need, or the feeling where they carried none. */
export const HighlightedText = ({ text, highlights, only }: HighlightedTextProps) => {
  const shown = highlights.filter(({ about, weight }) => weight > 0 && (only === undefined ? about !== "emotion" : about === only));
  return (
    <p className="comment-text" dir="auto">
      {cutText(text, shown).map(({ text: piece, about }, place) =>
        about.length === 0 ? piece : <mark key={place} className={about.every((one) => one === "sentiment") ? "mark-feeling" : "mark-need"}>{piece}</mark>,
      )}
    </p>
  );
};
