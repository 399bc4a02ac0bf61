import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import { NotNamed } from "../paths/NotNamed.tsx";
import { isSilent, kinds } from "./gap-words.ts";
import type { GapsReply } from "./gaps.data.ts";
import { gapsTexts } from "./gaps.texts.ts";

type GapsAnswerProps = { reply: GapsReply; kind: string | undefined; onKind: (kind: string | undefined) => void };

/** The question the page is there for, answered by kinds, and what was looked at for it. */
export const GapsAnswer = ({ reply, kind, onKind }: GapsAnswerProps) => {
  const t = useTexts(gapsTexts);
  const [mayName, mayRead] = [useAbility("customers.read"), useAbility("comments.read")];
  const { items, isConsistent, placed, mapsLeftOut, leftOut } = reply;
  const found = kinds.map((one) => ({ one, count: items.filter((gap) => gap.kind === one).length })).filter(({ count }) => count > 0);
  const looked = { customers: t("customers", { count: reply.customers }), comments: t("comments", { count: reply.comments }), scores: t("scores", { count: reply.scores }), maps: t("maps", { count: reply.maps }) };
  return (
    <Card span={12} title={t("question")} subtitle={items.length > 0 ? t("ways", { count: reply.found }) : t(isSilent(reply) ? "waysSilent" : "waysNone")}>
      {found.length > 0 && (
        <ul className="gap-kinds">
          {[{ one: undefined, count: items.length }, ...found].map(({ one, count }) => (
            <li key={one ?? ""}>
              <button type="button" aria-pressed={kind === one} onClick={() => onKind(one)}>{t("kindCount", { kind: t(one === undefined ? "allKinds" : `kind_${one}`), n: count })}</button>
            </li>
          ))}
        </ul>
      )}
      <p className="gap-note">{t("summary", looked)}</p>
      {reply.found > items.length && <p className="gap-note">{t("waysCut", { n: items.length })}</p>}
      {mapsLeftOut > 0 && <p className="gap-note">{t("mapsLeft", { count: mapsLeftOut })}</p>}
      {leftOut.touchpoints > 0 && <p className="gap-note">{t("touchpointsLeft", { count: leftOut.touchpoints })}</p>}
      {leftOut.comments > 0 && <p className="gap-note">{t("commentsLeft", { count: leftOut.comments })}</p>}
      {leftOut.scores > 0 && <p className="gap-note">{t("scoresLeft", { count: leftOut.scores })}</p>}
      {leftOut.places > 0 && <p className="gap-note">{t("placesLeft", { count: leftOut.places })}</p>}
      {isConsistent.tested > 0 && <p className="gap-note">{t("consistency", { count: isConsistent.tested, differing: isConsistent.differing })}</p>}
      {!mayName && <NotNamed />}
      {mayName && !mayRead && <p className="gap-note">{t("notQuoted")}</p>}
      {placed.known > 0 && <p className="gap-note">{t("placed", placed)}</p>}
    </Card>
  );
};
