import { ActionIcon, Button, Select, Textarea } from "@mantine/core";
import type { MapStep, Phase } from "@firsthand/server/journeys/maps/document.contract";
import { IconTrash } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { formatDay } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { type Account, addAccount, changeAccount, removeAccount, useAccounts } from "./accounts.data.ts";
import { useDraftWords } from "./draft-words.ts";
import { evidenceKinds, phases } from "./faces.ts";
import { FeelingChoice } from "./FeelingChoice.tsx";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { withoutSent } from "./written.rules.ts";

/** What the chosen customer felt and what moved her before, during and after a step. */
export const AccountForm = ({ step, customerId }: { step: MapStep; customerId: string }) => {
  const t = useTexts(mapTexts);
  const { mapId, overlay, mayWrite } = useDrawing();
  const accounts = useAccounts(mapId, customerId);
  if (accounts.isError) return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (accounts.data === undefined) return null;
  return (
    <section className={classes.design}>
      <h3 className="panel-heading">{t("accountOf", { name: overlay?.customer?.name ?? t("someCustomer") })}</h3>
      <p className="quiet">{t("accountHelp")}</p>
      <fieldset className={classes.fields} disabled={!mayWrite}>
        {phases.map((phase) => {
          // Two members who told at once, or two customers who turned out to be one, leave several: each counts until somebody removes it.
          const [first, ...others] = accounts.data.items.filter((one) => one.stepId === step.id && one.phase === phase);
          const place = { stepId: step.id, customerId, phase };
          return (
            <Fragment key={phase}>
              <PhaseAccount {...place} account={first} isOneOfSeveral={others.length > 0} />
              {others.map((account) => <PhaseAccount key={account.id} {...place} account={account} isOneOfSeveral />)}
            </Fragment>
          );
        })}
      </fieldset>
    </section>
  );
};

type Told = Pick<Account, "feeling" | "motivation" | "evidence">;
type PhaseAccountProps = { stepId: string; customerId: string; phase: Phase; account: Account | undefined; isOneOfSeveral: boolean };

const PhaseAccount = ({ stepId, customerId, phase, account, isOneOfSeveral }: PhaseAccountProps) => {
  const t = useTexts(mapTexts);
  const { mapId } = useDrawing();
  // Only what is being told here: the rest shows what other members tell meanwhile.
  const [draft, setDraft] = useState<Partial<Told>>({});
  const told = { feeling: account?.feeling ?? null, motivation: account?.motivation ?? "", evidence: account?.evidence ?? "told", ...draft };
  const { feeling, motivation, evidence } = told;
  const tell = (patch: Partial<Told>): void => setDraft((before) => ({ ...before, ...patch }));
  const [isBusy, setBusy] = useState(false);
  const isSame = account !== undefined && feeling === account.feeling && motivation.trim() === account.motivation && evidence === account.evidence;
  const isNothing = feeling === null && motivation.trim() === "";
  useUnsaved(!isSame && !(account === undefined && isNothing));
  useDraftWords(draft.motivation ?? "");
  const run = (work: Promise<void>): void => {
    setBusy(true);
    void work.catch(notifyFailed).finally(() => setBusy(false));
  };
  const save = (): void => {
    const trimmed = draft.motivation === undefined ? {} : { motivation: draft.motivation.trim() };
    const sent = account === undefined ? addAccount(mapId, customerId, { stepId, phase, ...told, ...trimmed }) : changeAccount(mapId, account.id, { ...draft, ...trimmed });
    run(sent.then(() => setDraft((now) => withoutSent(now, draft))));
  };
  return (
    <fieldset className={classes.account}>
      <legend>{t(phase)}{isOneOfSeveral && account !== undefined && <span className="quiet"> {t("accountBy", { name: account.memberName ?? t("somebody"), day: formatDay(new Date(account.changedAt)) })}</span>}</legend>
      <FeelingChoice label={t("feelingIn", { phase: t(phase) })} value={feeling} onChange={(value) => tell({ feeling: value })} />
      <Textarea size="xs" autosize minRows={1} maxRows={6} maxLength={2_000} label={t("motivationIn", { phase: t(phase) })} value={motivation} onChange={(event) => tell({ motivation: event.currentTarget.value })} dir="auto" />
      <div className={classes.accountFoot}>
        <Select size="xs" aria-label={t("evidence")} data={evidenceKinds.map((kind) => ({ value: kind, label: t(kind) }))} value={evidence} allowDeselect={false} onChange={(value) => tell({ evidence: evidenceKinds.find((kind) => kind === value) ?? evidence })} />
        <Button size="xs" loading={isBusy} disabled={isSame || isNothing} onClick={save}>{t("keep")}</Button>
        {account !== undefined && <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeAccount", { phase: t(phase) })} onClick={() => run(removeAccount(mapId, account.id).then(() => setDraft({})))}><IconTrash size={15} aria-hidden /></ActionIcon>}
      </div>
    </fieldset>
  );
};
