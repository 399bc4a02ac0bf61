import { Bars } from "../charts/Bars.tsx";
import { DistributionBar } from "../charts/DistributionBar.tsx";
import { IntervalRows } from "../charts/IntervalRows.tsx";
import { Sparkline } from "../charts/Sparkline.tsx";
import { StepNumbers } from "../charts/StepNumber.tsx";
import { Trend } from "../charts/Trend.tsx";
import { Card } from "../Card.tsx";
import { Delta } from "../Delta.tsx";
import { formatChange } from "../numbers.ts";
import { Stat } from "../Stat.tsx";
import { events, groups, trend, trendWithGaps } from "./samples.ts";

const bands = [
  { key: "detractors", label: "Detractors", count: 168, tone: "bad" as const },
  { key: "passives", label: "Passives", count: 410, tone: "middle" as const },
  { key: "promoters", label: "Promoters", count: 626, tone: "good" as const },
];

export const ChartSamples = () => (
  <>
    <Card title="Trend with interval and event" span={8}>
      <Trend label="Weekly NPS with 95% interval" points={trend} events={events} format={(value) => formatChange(value)} limits={[-100, 100]} />
    </Card>
    <Card span={4}>
      <Stat
        label="NPS"
        value="+38"
        delta={<Delta change={4.1} isSignificant />}
        chart={<Sparkline values={trend.slice(-16).map(({ value }) => value)} />}
        note="±3.2 · 1,204 answers"
      >
        <DistributionBar label="How 1,204 answers fall into bands" parts={bands} />
      </Stat>
    </Card>
    <Card title="Trend with a gap" span={6}>
      <Trend label="Weekly NPS with a gap" points={trendWithGaps} format={(value) => formatChange(value)} />
    </Card>
    <Card title="Trend without answers" span={6}>
      <Trend label="Nothing" points={[]} format={(value) => formatChange(value)} />
    </Card>
    <Card title="Interval rows" subtitle="Under 10 answers hidden, under 30 grey" span={6}>
      <IntervalRows label="NPS by touchpoint" rows={groups} reference={38} format={(value) => formatChange(value)} />
    </Card>
    <Card title="Bars" span={6}>
      <Bars label="Reasons" bars={[{ key: "a", label: "Delivery", value: 210 }, { key: "b", label: "Price", value: 120, tone: "bad" }, { key: "c", label: "Staff", value: 64, tone: "good" }]} />
      <Bars
        label="Scores from 0 to 10"
        direction="standing"
        bars={Array.from({ length: 11 }, (_, score) => ({ key: String(score), label: String(score), value: 20 + ((score * 53) % 90), tone: score >= 9 ? "good" : score >= 7 ? "middle" : "bad" }))}
      />
    </Card>
    <Card title="Steps" span={12}>
      <StepNumbers label="From visit to answer" steps={[{ key: "v", label: "Visited", count: 10240 }, { key: "s", label: "Saw the survey", count: 3120 }, { key: "a", label: "Answered", count: 842 }]} />
    </Card>
  </>
);
