import type { MapCard, MapLane } from "@firsthand/server/journeys/maps/document.contract";
import { IconMessageCircle } from "@tabler/icons-react";
import { useDragged, useDropPlace } from "../../ui/DropOnto.tsx";
import { useTexts } from "../../ui/texts.ts";
import { evidenceIcons, faceOf, laneTones } from "./faces.ts";
import type { DifferenceKind } from "./difference.rules.ts";
import { DifferenceTag } from "./DifferenceTag.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { addressOfPhoto } from "./maps.data.ts";

type CardFaceProps = { card: MapCard; lane: MapLane; stop: string; isCurrent: boolean; tag?: DifferenceKind | undefined };

/** A card as it is read: its words, how it feels, when, and where that is known from. */
export const CardFace = ({ card, lane, stop, isCurrent, tag }: CardFaceProps) => {
  const t = useTexts(mapTexts);
  const { mapId, mayWrite, write, remarks } = useDrawing();
  const { attach: attachDragged, listeners, style, isLifted } = useDragged(`card:${card.id}`, !mayWrite);
  const { attach: attachPlace, isOver } = useDropPlace(`card:${card.id}`, !mayWrite || isLifted);
  const Evidence = evidenceIcons[card.evidence];
  const face = card.feeling === null ? null : faceOf(card.feeling);
  const Face = face?.icon;
  const open = remarks.get(card.id) ?? 0;
  const hasFoot = face !== null || card.phase !== null || open > 0 || tag !== undefined;
  const setBoth = (element: HTMLElement | null): void => {
    attachDragged(element);
    attachPlace(element);
  };
  const content = (
    <>
      {card.fileId !== null && <img className={classes.photo} src={addressOfPhoto(mapId, card.fileId)} alt={t("photo")} loading="lazy" />}
      <span className={classes.cardText} dir="auto">{card.text === "" && card.feeling === null && card.fileId === null ? t("emptyCard") : card.text}</span>
      <span className={`${classes.evidence} ${classes[card.evidence]}`} title={t(card.evidence)}><Evidence size={13} aria-hidden /><span className="sr-only">{t(card.evidence)}</span></span>
      {hasFoot && <span className={classes.cardFoot}>
        {Face !== undefined && face !== null && <span className={`${classes.face} ${classes[face.tone]}`}><Face size={17} stroke={1.8} aria-hidden /><span className="sr-only">{t(face.word)}</span></span>}
        {card.phase !== null && <span>{t(card.phase)}</span>}
        {open > 0 && <span className={classes.remarks}><IconMessageCircle size={12} aria-hidden />{open}<span className="sr-only">{t("openRemarks")}</span></span>}
        <DifferenceTag kind={tag} />
      </span>}
    </>
  );
  const look = `${classes.card} ${classes[laneTones[lane.kind] ?? "plain"] ?? ""} ${tag === "gone" ? classes.isGone : ""} ${isLifted ? classes.lifted : ""} ${isOver ? classes.over : ""}`;
  if (!mayWrite) return <div className={look} data-stop={stop} tabIndex={isCurrent ? 0 : -1}>{content}</div>;
  return (
    <button type="button" ref={setBoth} className={look} style={style} {...listeners} data-stop={stop} data-part={`card:${card.id}`} tabIndex={isCurrent ? 0 : -1}
      onClick={() => write({ part: "card", id: card.id })}>
      {content}
    </button>
  );
};
