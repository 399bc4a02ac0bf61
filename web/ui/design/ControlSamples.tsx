import { Button, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../Card.tsx";
import { ChoiceRow } from "../ChoiceRow.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { CopyField } from "../CopyField.tsx";
import { Delta } from "../Delta.tsx";
import { FileDropArea } from "../FileDropArea.tsx";
import { type Filter, ActiveFilters, FilterBar } from "../FilterBar.tsx";
import { Form, PasswordField } from "../Form.tsx";
import { useFields } from "../fields.ts";
import { notifyDone, notifyFailed, notifyUndo } from "../notices.tsx";
import { readPeriod } from "../period.ts";
import { ProgressBar } from "../ProgressBar.tsx";
import { npsTone, ScoreBadge } from "../ScoreBadge.tsx";
import { SidePanel } from "../SidePanel.tsx";
import { Time } from "../Time.tsx";

const sixMinutesAgo = new Date(Date.now() - 6 * 60_000);
type Search = Record<string, string | undefined>;

export const ControlSamples = () => {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [when, setWhen] = useState<string | null>("during");
  const [search, setSearch] = useState<Search>({ channel: "web" });
  const fields = useFields({ name: "", password: "" }, { name: (value) => (value === "" ? "Give it a name." : null) });
  const filters: Filter[] = [
    { kind: "select", name: "channel", label: "Channel", value: search.channel, options: [{ value: "web", label: "Web" }, { value: "store", label: "Store" }] },
    { kind: "switch", name: "weighted", label: "Weighted", value: search.weighted === "yes" },
  ];
  const change = (patch: Search): void => setSearch((before) => ({ ...before, ...patch }));
  return (
    <>
      <Card title="Fields" span={4}>
        <Form submitLabel="Save" check={fields.check} onSubmit={async () => notifyDone("Saved")}>
          <TextInput label="Name" description="Shown to customers" {...fields.text("name")} />
          <PasswordField label="Password" hasStrength {...fields.text("password")} />
          <Select label="Role" data={["Manager", "Agent"]} defaultValue="Agent" />
          <Switch label="Active" defaultChecked />
        </Form>
      </Card>
      <Card title="Actions and notices" span={4}>
        <Stack gap="sm">
          <Group gap="xs">
            <Button onClick={() => notifyUndo("Note deleted", async () => notifyDone("Back again"))}>Delete with undo</Button>
            <Button variant="default" onClick={() => notifyFailed(new Error("Survey “Onboarding” is closed since 2 May. Reopen it first."))}>
              Fail
            </Button>
            <Button variant="default" onClick={() => setOpen(true)}>
              Open panel
            </Button>
            <Button variant="default" onClick={() => setAsking(true)}>
              Ask first
            </Button>
          </Group>
          <CopyField label="Write key" value="fhw_2b8e1f0c9d" />
          <ChoiceRow label="When" choices={["before", "during", "after"].map((value) => ({ value, label: value }))} value={when} onChange={setWhen} isClearable />
          <ProgressBar label="orders.csv" done={340} of={1000} note="340 of 1,000 rows" />
          <FileDropArea title="Drop a file here" body="Tables, workbooks and logs." chooseLabel="Choose a file" failure={null} progress={null} onFile={(file) => notifyDone(file.name)} />
          <Group gap="xs">
            <FilterBar period={readPeriod(search)} filters={filters} onChange={change} />
          </Group>
          <ActiveFilters filters={filters} onChange={change} />
        </Stack>
      </Card>
      <Card title="Small things" span={4}>
        <Stack gap="sm">
          <Group gap="xs">
            {[2, 8, 10].map((score) => (
              <ScoreBadge key={score} score={score} tone={npsTone(score)} />
            ))}
          </Group>
          <Group gap="xs">
            <Delta change={4.1} isSignificant />
            <Delta change={-0.2} isSignificant digits={1} />
            <Delta change={1.2} isSignificant={false} />
          </Group>
          <Time at={sixMinutesAgo} />
          <Time at={new Date(0)} kind="absolute" />
          <span className="live-mark" data-state="live">
            live
          </span>
        </Stack>
      </Card>
      <SidePanel isOpen={isOpen} onClose={() => setOpen(false)} title="Side panel">
        Details stand here.
      </SidePanel>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Delete the survey?"
        body="Its 1,204 answers stay on the customers' timelines."
        confirmLabel="Delete"
        isDangerous
        word="Onboarding"
        onConfirm={async () => notifyDone("Deleted")}
      />
    </>
  );
};
