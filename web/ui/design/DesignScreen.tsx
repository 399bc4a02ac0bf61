import { Button, useMantineColorScheme } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import { Card, Grid } from "../Card.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { ErrorState } from "../ErrorState.tsx";
import { Loading } from "../Loading.tsx";
import { ChartSamples } from "./ChartSamples.tsx";
import { ControlSamples } from "./ControlSamples.tsx";
import { TableSamples } from "./TableSamples.tsx";

/** Every part, in every state: loading, empty, error, full. */
export const DesignScreen = () => {
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <main style={{ padding: 16, maxWidth: 1280, marginInline: "auto" }}>
      <div style={{ display: "flex", justifyContent: "space-between", marginBottom: 16 }}>
        <h1 style={{ fontSize: 20, margin: 0 }}>Parts</h1>
        <Button variant="default" onClick={toggleColorScheme}>
          Light or dark
        </Button>
      </div>
      <Grid>
        <Card title="Empty" span={4}>
          <EmptyState
            icon={IconMoodEmpty}
            title="No answers yet"
            body="Send a survey link, or import what you have."
            action={{ label: "Create a survey", to: "/surveys" }}
            secondAction={{ label: "Import a file", to: "/imports" }}
          />
        </Card>
        <Card title="Error" span={4}>
          <ErrorState error={new Error("The server cannot be reached. Check the connection and try again.")} onRetry={() => undefined} />
        </Card>
        <Card title="Loading" span={4}>
          <Loading kind="stat" />
          <Loading kind="rows" rows={4} />
        </Card>
        <ControlSamples />
        <ChartSamples />
        <div className="span-12">
          <TableSamples />
        </div>
      </Grid>
    </main>
  );
};
