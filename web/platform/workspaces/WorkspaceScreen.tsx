import { Select, TextInput } from "@mantine/core";
import { useAbility } from "../../shell/session.data.ts";
import { Card, Grid } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { changeWorkspace, useWorkspace } from "./workspaces.data.ts";
import { workspacesTexts } from "./workspaces.texts.ts";

export const WorkspaceScreen = () => {
  const t = useTexts(workspacesTexts);
  const workspace = useWorkspace();
  return (
    <>
      <PageHeader title={t("title")} />
      <Grid>
        <Card span={6}>
          {workspace.isPending ? (
            <Loading kind="rows" rows={4} />
          ) : workspace.isError ? (
            <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} />
          ) : (
            <WorkspaceForm name={workspace.data.name} timeZone={workspace.data.timeZone} />
          )}
        </Card>
        {workspace.data?.isDemo && (
          <Card span={6} title={t("demoTitle")}>
            <p className="dialog-body">{t("demoBody")}</p>
          </Card>
        )}
      </Grid>
    </>
  );
};

const WorkspaceForm = ({ name, timeZone }: { name: string; timeZone: string }) => {
  const t = useTexts(workspacesTexts);
  const mayChange = useAbility("workspace.change");
  const fields = useFields({ name, timeZone }, { name: (value) => (value.trim() === "" ? t("required") : null) });
  const save = async (): Promise<void> => {
    await changeWorkspace(fields.values);
    notifyDone(t("saved"));
  };
  return (
    <Form submitLabel={t("save")} check={fields.check} onSubmit={save}>
      <TextInput label={t("name")} description={t("nameHint")} disabled={!mayChange} {...fields.text("name")} />
      <Select
        label={t("timeZone")}
        description={t("timeZoneHint")}
        data={timeZones(timeZone)}
        value={fields.values.timeZone}
        onChange={(chosen) => chosen !== null && fields.set({ timeZone: chosen })}
        searchable
        allowDeselect={false}
        disabled={!mayChange}
      />
    </Form>
  );
};

const timeZones = (own: string): string[] => [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
