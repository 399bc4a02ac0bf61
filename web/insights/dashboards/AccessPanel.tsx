import { MultiSelect, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useTeams } from "../metrics/metrics.data.ts";
import { accessTexts } from "./access.texts.ts";
import { type Access, roleNames, seers, setAccess } from "./access.data.ts";
import type { Board } from "./dashboards.data.ts";

/** Who of the workspace sees a board, and who changes it. */
export const AccessPanel = ({ board }: { board: Board }) => {
  const t = useTexts(accessTexts);
  const [access, setChosen] = useState<Access>(board.access);
  const teams = useTeams(access.seenBy === "chosen");
  const { member } = useSession();
  // Whoever closed somebody else's to themselves would no longer see it.
  const offered = seers.filter((one) => one !== "oneself" || board.owner === null || board.owner.id === member.id);
  const named = access.teams.filter((id) => teams.data?.items.some((one) => one.id === id) ?? true);
  const change = (given: Partial<Access>): void => setChosen({ ...access, ...given });
  const save = async (): Promise<void> => {
    await setAccess(board.id, access);
    notifyDone(t("saved"));
  };
  const whose = board.owner === null ? t("nobodys") : t("whose", { name: board.owner.name });
  if (!board.maySetAccess) return <section className="form" aria-label={t("members")}><p className="dialog-body">{t(`is_${board.access.seenBy}`)}</p><p className="quiet">{whose} {t("notYours")}</p></section>;
  return (
    <section className="form" aria-label={t("members")}>
      <p className="quiet">{whose}</p>
      <Form submitLabel={t("save")} onSubmit={save}>
        <Radio.Group label={t("seenBy")} value={access.seenBy} onChange={(value) => change({ seenBy: seers.find((one) => one === value) ?? "everybody" })}>
          <Stack gap={8} mt={6}>{offered.map((one) => <Radio key={one} value={one} label={t(one)} description={t(`${one}Hint`)} />)}</Stack>
        </Radio.Group>
        {access.seenBy === "chosen" && (
          <>
            <MultiSelect label={t("teams")} description={t("teamsHint")} data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={named} onChange={(chosen) => change({ teams: chosen })} searchable />
            <MultiSelect label={t("roles")} data={roleNames.map((name) => ({ value: name, label: t(name) }))} value={access.roles} onChange={(chosen) => change({ roles: roleNames.filter((name) => chosen.includes(name)) })} />
          </>
        )}
        {access.seenBy !== "oneself" && (
          <Radio.Group label={t("changeableBy")} value={access.changeableBy} onChange={(value) => change({ changeableBy: value === "oneself" ? "oneself" : "seers" })}>
            <Stack gap={8} mt={6}>
              <Radio value="seers" label={t("changeSeers")} description={t("changeSeersHint")} />
              <Radio value="oneself" label={t("changeOneself")} description={t("changeOneselfHint")} />
            </Stack>
          </Radio.Group>
        )}
        <p className="quiet share-hint">{t("outside")}</p>
      </Form>
    </section>
  );
};
