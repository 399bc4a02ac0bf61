import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { PersonaPicture } from "./PersonaPicture.tsx";
import { type Segment, useSegmentVerbs } from "./segments.data.ts";
import classes from "./Segments.module.css";
import { segmentsTexts } from "./segments.texts.ts";

/** Who the customers of a segment are, told as one person, with a picture. */
export const PersonaCard = ({ segment }: { segment: Segment }) => {
  const t = useTexts(segmentsTexts);
  const canWrite = useAbility("segments.write");
  const verbs = useSegmentVerbs();
  const [isBusy, setBusy] = useState(false);
  const act = (work: Promise<unknown>): void => {
    setBusy(true);
    void work.catch(notifyFailed).finally(() => setBusy(false));
  };
  return (
    <Card title={t("persona")}>
      <div className={classes.persona}>
        <PersonaPicture segmentId={segment.id} pictureId={segment.pictureId} name={segment.name} size={72} />
        <div className={classes.personaWords}>
          <p dir="auto">{segment.story}</p>
          {canWrite && (
            <div className={classes.details}>
              <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file !== null && act(verbs.sendPicture(segment.id, file))}>
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
