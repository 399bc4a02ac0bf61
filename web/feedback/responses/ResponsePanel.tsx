import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { ResponseDetails } from "./ResponseDetails.tsx";
import classes from "./Responses.module.css";
import { useResponse } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

type Props = { id: string; onClose: () => void; onPrevious: (() => void) | null; onNext: (() => void) | null };

/** One response beside the list, with the way to its neighbours. */
export const ResponsePanel = ({ id, onClose, onPrevious, onNext }: Props) => {
  const t = useTexts(responsesTexts);
  const response = useResponse(id);
  return (
    <SidePanel isOpen onClose={onClose} title={response.data?.surveyName ?? t("one")} width={560}>
      <div className={classes.sections}>
        <div className={classes.steps}>
          <Button size="xs" variant="default" disabled={onPrevious === null} onClick={() => onPrevious?.()}>{t("previous")}</Button>
          <Button size="xs" variant="default" disabled={onNext === null} onClick={() => onNext?.()}>{t("next")}</Button>
          <Link to="/responses/$responseId" params={{ responseId: id }}>{t("openWhole")}</Link>
        </div>
        {response.isPending && <Loading kind="rows" rows={6} />}
        {response.error !== null && <ErrorState error={response.error} onRetry={() => void response.refetch()} />}
        {response.data !== undefined && <ResponseDetails key={id} response={response.data} onGone={onClose} />}
      </div>
    </SidePanel>
  );
};
