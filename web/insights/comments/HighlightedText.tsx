import { useTexts } from "../../ui/texts.ts";
import type { Comment, NeedName } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { cutText, type Piece } from "./highlights.ts";

type HighlightedTextProps = { comment: Pick<Comment, "text" | "highlights" | "mentions" | "personalData">; only: NeedName | undefined; hidesPersonal: boolean };

/** A text with the words marked that carried a need, or the feeling where they carried none, with what it names, and with personal data hidden. */
export const HighlightedText = ({ comment, only, hidesPersonal }: HighlightedTextProps) => {
  const highlights = comment.highlights.filter(({ about, weight }) => weight > 0 && (only === undefined ? about !== "emotion" : about === only));
  return (
    <p className="comment-text" dir="auto">
      {cutText(comment.text, { ...comment, highlights }, hidesPersonal).map((piece, place) => <MarkedPiece key={place} piece={piece} hidesPersonal={hidesPersonal} />)}
    </p>
  );
};

const MarkedPiece = ({ piece, hidesPersonal }: { piece: Piece; hidesPersonal: boolean }) => {
  const { about } = piece;
  const words = <NamedPiece piece={piece} hidesPersonal={hidesPersonal} />;
  return about.length === 0 ? words : <mark className={about.every((one) => one === "sentiment") ? "mark-feeling" : "mark-need"}>{words}</mark>;
};

const NamedPiece = ({ piece: { text, mention, isLast, personal }, hidesPersonal }: { piece: Piece; hidesPersonal: boolean }) => {
  const t = useTexts(commentsTexts);
  if (personal !== null) {
    const kind = t(`personal_${personal}`);
    return hidesPersonal ? <span className="personal personal-hidden" title={t("personalHidden", { kind })}>{kind}<span className="sr-only"> {t("hidden")}</span></span> : <span className="personal" title={kind}>{text}</span>;
  }
  if (mention === null) return text;
  return <span className="named" title={t(mention)}>{text}{isLast && <span className="sr-only"> ({t(mention)})</span>}</span>;
};
