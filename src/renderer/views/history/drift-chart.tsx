import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { HistoryEntry } from '../../../ipc/contract';
import { ChartTip } from '../../components/chart-tip';
import { statusLooks } from '../../lib/status';
import { dayOf, timeOf } from '../../lib/time';
import { timeTicks } from '../../lib/time-ticks';
import { useChartTip } from '../../lib/use-chart-tip';

const series = [
  { key: 'drift', fill: 'var(--fill-orange)' },
  { key: 'missing', fill: 'var(--fill-blue)' },
  { key: 'shadowed', fill: 'var(--fill-amber)' },
] as const;

/** How many differences there were at each audit; the table below it has the same numbers. */
export function DriftChart({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const { tip, around } = useChartTip();
  const data = entries
    .slice()
    .reverse()
    .map((entry) => ({ ...entry, time: Date.parse(entry.takenAt) }));
  const [first, last] = [data[0], data.at(-1)];
  const label =
    first === undefined || last === undefined
      ? 'Differences over time'
      : `Differences from ${dayOf(first.takenAt)} to ${dayOf(last.takenAt)}; the table below has the numbers`;
  const ticks = timeTicks(first?.time ?? 0, last?.time ?? 0);
  return (
    <div className="chart" role="img" aria-label={label} {...around}>
      <ResponsiveContainer width="100%" height={150} initialDimension={{ width: 640, height: 150 }}>
        <AreaChart
          data={data}
          margin={{ top: 6, right: 12, bottom: 0, left: -18 }}
          // The table below has all of it: the picture is no stop of the Tab key.
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="time"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            ticks={ticks.map(({ time }) => time)}
            tickFormatter={(time: number) => ticks.find((tick) => tick.time === time)?.label ?? ''}
            tick={{ fill: 'var(--text-3)', fontSize: 11 }}
            stroke="var(--line-strong)"
            tickLine={false}
            interval="preserveStart"
            minTickGap={16}
          />
          <YAxis
            allowDecimals={false}
            tick={{ fill: 'var(--text-3)', fontSize: 11 }}
            axisLine={false}
            tickLine={false}
            width={48}
          />
          <Tooltip
            {...tip}
            isAnimationActive={false}
            cursor={{ stroke: 'var(--text-3)' }}
            content={(props) => <ChartTip {...props} nameOf={whenOf} />}
          />
          {series.map(({ key, fill }) => (
            <Area
              key={key}
              type="stepAfter"
              dataKey={key}
              name={statusLooks[key].label}
              stackId="all"
              stroke={fill}
              fill={fill}
              fillOpacity={0.5}
              isAnimationActive={false}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

function whenOf(time: string | number): string {
  const iso = new Date(Number(time)).toISOString();
  return `${dayOf(iso)}, ${timeOf(iso)}`;
}
