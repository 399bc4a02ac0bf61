import { Button, Checkbox, MultiSelect, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyField } from "../../ui/CopyField.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import type { Above, Board } from "./dashboards.data.ts";
import { type ChoosableName, choosableNames, createShare, revokeShare, type Share, useShares } from "./shares.data.ts";
import { sharesTexts } from "./shares.texts.ts";

/** Links to a board: those there are, and a new one. */
export const SharePanel = ({ board, above }: { board: Board; above: Above }) => {
  const t = useTexts(sharesTexts);
  const shares = useShares(board.id);
  return (
    <section className="form" aria-label={t("links")}>
      <p className="dialog-body">{t("linksHint")}</p>
      {shares.isPending ? (
        <Loading kind="rows" rows={2} />
      ) : shares.isError ? (
        <ErrorState error={shares.error} onRetry={() => void shares.refetch()} />
      ) : shares.data.items.length === 0 ? (
        <p className="quiet">{t("none")}</p>
      ) : (
        <ul className="line-list" aria-label={t("links")}>{shares.data.items.map((share) => <ShareLine key={share.id} share={share} />)}</ul>
      )}
      <ShareForm board={board} above={above} />
    </section>
  );
};

const ShareLine = ({ share }: { share: Share }) => {
  const t = useTexts(sharesTexts);
  const [nowMs] = useState(() => Date.now());
  const isOver = share.expiresAt !== null && Date.parse(share.expiresAt) <= nowMs;
  const facts = [
    share.revokedAt !== null ? t("revoked") : isOver ? t("expired") : share.expiresAt !== null && t("until", { day: formatDayWithYear(new Date(share.expiresAt)) }),
    share.hasPassword && t("locked"), share.showsComments && t("comments"), t("opened", { count: share.openedCount }),
  ].filter(Boolean);
  const revoke = async (): Promise<void> => {
    await revokeShare(share.id);
    notifyDone(t("revokedNow", { name: share.name }));
  };
  return (
    <li>
      <span dir="auto">{share.name}</span>
      <span className="quiet">{facts.join(" · ")}</span>
      {share.revokedAt === null && !isOver && (
        <Button variant="default" size="compact-xs" aria-label={t("revokeName", { name: share.name })} onClick={() => void revoke().catch(notifyFailed)}>{t("revoke")}</Button>
      )}
    </li>
  );
};

const ShareForm = ({ board, above }: { board: Board; above: Above }) => {
  const t = useTexts(sharesTexts);
  const [url, setUrl] = useState<string | null>(null);
  const [isFilterable, setFilterable] = useState(false);
  const [choosable, setChoosable] = useState<ChoosableName[]>(["touchpoint", "channel", "stage"]);
  const [showsComments, setComments] = useState(false);
  const fields = useFields({ name: "", password: "", expires: "" }, {
    name: (value) => (value.trim() === "" ? t("forMissing") : null),
    password: (value) => (value !== "" && value.length < 8 ? t("passwordShort") : null),
  });
  const make = async (): Promise<void> => {
    const { name, password, expires } = fields.values;
    const made = await createShare(board.id, {
      ...above, name: name.trim(), password: password === "" ? null : password, isFilterable, choosable, showsComments,
      // Good until the end of the day chosen, by the clock of whoever chose it.
      expiresAt: expires === "" ? null : new Date(`${expires}T23:59:59`).toISOString(),
    });
    fields.set({ name: "", password: "", expires: "" });
    setUrl(made.url);
  };
  return (
    <>
      {url !== null && (
        <div role="status">
          <p className="field-label">{t("made")}</p>
          <CopyField value={url} label={t("link")} />
        </div>
      )}
      <Form submitLabel={t("make")} onSubmit={make} check={fields.check}>
        <TextInput {...fields.text("name")} label={t("for")} description={t("forHint")} maxLength={80} />
        <PasswordInput {...fields.text("password")} label={t("password")} description={t("passwordHint")} autoComplete="new-password" />
        <TextInput {...fields.text("expires")} type="date" label={t("expires")} />
        <Checkbox label={t("isFilterable")} checked={isFilterable} onChange={(event) => setFilterable(event.currentTarget.checked)} />
        {isFilterable && (
          <MultiSelect label={t("choosable")} description={t("choosableHint")} data={choosableNames.map((name) => ({ value: name, label: nameOfSplit(name) }))} value={choosable}
            onChange={(values) => setChoosable(choosableNames.filter((name) => values.includes(name)))} />
        )}
        <Checkbox label={t("showsComments")} checked={showsComments} onChange={(event) => setComments(event.currentTarget.checked)} />
        <p className="quiet share-hint">{t("frozen")}</p>
      </Form>
    </>
  );
};
