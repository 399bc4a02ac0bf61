import { Button, FileButton } from "@mantine/core";
import { useRef, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { squarePicture } from "../../ui/square-picture.ts";
import { useTexts } from "../../ui/texts.ts";
import { PersonaPicture } from "./PersonaPicture.tsx";
import { type Segment, useSegmentVerbs } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

// As large as it is ever shown (72 pixels), with room for fine screens and for pictures of maps.
const sidePx = 256;

/** Who the customers of a segment are, told as one person, with a picture. */
export const PersonaCard = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const [isBusy, setBusy] = useState(false);
  const emptyChooser = useRef<() => void>(null);
  const act = (work: Promise<unknown>): void => {
    setBusy(true);
    void work.catch(notifyFailed).finally(() => {
      setBusy(false);
      // Else the same file chosen again is no change, and nothing happens.
      emptyChooser.current?.();
    });
  };
  const send = async (file: File): Promise<unknown> => verbs.sendPicture(segment.id, await squarePicture(file, sidePx));
  return (
    <Card title={t("persona")}>
      <div className={classes.persona}>
        <PersonaPicture segmentId={segment.id} pictureId={segment.pictureId} name={segment.name} size={72} />
        <div className={classes.personaWords}>
          <p dir="auto">{segment.story}</p>
          {canWrite && (
            <div className={classes.details}>
              <FileButton resetRef={emptyChooser} accept="image/png,image/jpeg,image/webp" onChange={(file) => file !== null && act(send(file))}>
                {(props) => <Button {...props} variant="default" size="sm" loading={isBusy}>{t(segment.pictureId === null ? "addPicture" : "changePicture")}</Button>}
              </FileButton>
              {segment.pictureId !== null && <Button variant="subtle" size="sm" disabled={isBusy} onClick={() => act(verbs.removePicture(segment.id))}>{t("removePicture")}</Button>}
            </div>
          )}
          {canWrite && <p className="quiet">{t("pictureHelp")}</p>}
        </div>
      </div>
    </Card>
  );
};
