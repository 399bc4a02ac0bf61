import { Button, Group, Kbd, Textarea } from "@mantine/core";
import { findOutcome } from "@firsthand/server/feedback/interviews/outcomes.rules";
import { type FormEvent, useCallback, useState } from "react";
import { ApiError } from "../../shell/api.ts";
import { Card } from "../../ui/Card.tsx";
import { messageOf } from "../../ui/ErrorState.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CallbackField } from "./CallbackField.tsx";
import { useCallKeys } from "./call-keys.ts";
import { instantOf } from "./call-time.rules.ts";
import classes from "./Interview.module.css";
import { type Call, type CallList, forgetCall, recordAttempt, releaseCall } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";
import { keyOf, OUTCOME_GROUPS, outcomeOfKey, outcomesIn } from "./outcome-groups.rules.ts";

type Props = { list: CallList; call: Call; onNext: () => Promise<void> };

/** What came of the call, and on to the next. */
export const CallOutcomeForm = ({ list, call, onNext }: Props) => {
  const t = useTexts(interviewsTexts);
  const [code, setCode] = useState("");
  const [note, setNote] = useState("");
  const [callback, setCallback] = useState("");
  const { isBusy, failure, setFailure, run } = useWriting(list.id);
  const isFinal = findOutcome(code)?.isFinal ?? true;
  const at = isFinal || callback === "" ? null : instantOf(callback, call.timeZone);
  useCallKeys(useCallback((key) => {
    const outcome = outcomeOfKey(key);
    if (outcome !== null) setCode(outcome.code);
    return outcome !== null;
  }, []));
  const save = (goesOn: boolean) => async (): Promise<void> => {
    await recordAttempt(list.id, call.targetId, { outcome: code, note, ...(at === null ? {} : { callbackAt: at.toISOString() }) });
    notifyDone(t("callSaved", { name: call.name }));
    if (goesOn) await onNext();
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (code === "") return setFailure(t("outcomeMissing"));
    if (!isFinal && callback !== "" && (at === null || at <= new Date())) return setFailure(t("callbackWrong"));
    const by = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    void run(save(by?.dataset["stops"] === undefined));
  };
  const release = async (): Promise<void> => {
    await releaseCall(list.id, call.targetId);
    notifyDone(t("released"));
  };
  return (
    <Card title={t("outcome")}>
      <form className="form" onSubmit={submit} noValidate>
        {OUTCOME_GROUPS.map((group) => (
          <fieldset key={group.name} className={classes.group}>
            <legend>{t(group.name)}</legend>
            {outcomesIn(group).map((outcome) => (
              <label key={outcome.code} className={classes.outcome}>
                <input type="radio" name="outcome" value={outcome.code} checked={code === outcome.code} onChange={() => setCode(outcome.code)} />
                <span>{outcome.name}</span>
                {keyOf(outcome.code) !== null && <Kbd size="xs" aria-hidden>{keyOf(outcome.code)}</Kbd>}
              </label>
            ))}
          </fieldset>
        ))}
        {!isFinal && <CallbackField zone={call.timeZone} value={callback} onChange={setCallback} />}
        <Textarea label={t("note")} autosize minRows={2} maxLength={4000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {failure !== null && <p className="form-failure" role="alert">{messageOf(failure)}</p>}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={isBusy}>{t("saveNext")}</Button>
          <Button type="submit" size="sm" variant="default" disabled={isBusy} data-stops="">{t("saveStop")}</Button>
          <Button size="sm" variant="subtle" disabled={isBusy} onClick={() => void run(release)} title={t("releaseHint")}>{t("release")}</Button>
        </Group>
      </form>
    </Card>
  );
};

/** Runs one step at a time and keeps what went wrong; a call that is somebody else's by now leaves the screen. */
const useWriting = (listId: string) => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (step: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await step();
    } catch (refusal) {
      if (refusal instanceof ApiError && refusal.code === "call_elsewhere") {
        notifyFailed(refusal);
        forgetCall(listId);
      } else setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, failure, setFailure, run };
};
