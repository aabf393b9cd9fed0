import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { useChart } from './use-chart.ts';

echarts.use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

interface Look {
  text: string;
  line: string;
  offered: string;
  answered: string;
}

/** Index of a quarter as `09:45`. */
function quarterName(index: number): string {
  const hour = String(Math.floor(index / 4)).padStart(2, '0');
  return `${hour}:${String((index % 4) * 15).padStart(2, '0')}`;
}

/** The day's curve: offered as a line, answered as the filled area below it. */
export default function DayChart(props: {
  quarters: readonly { offered: number; answered: number }[];
  names: [string, string];
  look: Look;
  /** What such a day usually brings, per quarter; drawn dashed behind the day. */
  normal?: { name: string; values: readonly number[] } | undefined;
  /** `wall`: letters grow with the screen. */
  scale: 'page' | 'wall';
}) {
  const { box, draw } = useChart();
  const { quarters, names, look, scale, normal } = props;
  useEffect(() => {
    const size = scale === 'wall' ? Math.max(11, Math.min(innerWidth / 120, innerHeight / 67)) : 12;
    draw({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { top: size, left: size * 3, right: size, bottom: size * 2.2 },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: Array.from({ length: 96 }, (_, at) => quarterName(at)),
        boundaryGap: false,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: look.line } },
        axisLabel: { interval: 15, color: look.text, fontSize: size },
      },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        minInterval: 1,
        splitLine: { lineStyle: { color: look.line } },
        axisLabel: { color: look.text, fontSize: size },
      },
      series: [
        {
          name: normal?.name ?? '',
          type: 'line',
          showSymbol: false,
          silent: true,
          lineStyle: { color: look.text, width: size / 9, type: 'dashed', opacity: 0.7 },
          itemStyle: { color: look.text },
          data: [...(normal?.values ?? [])],
        },
        {
          name: names[0],
          type: 'line',
          showSymbol: false,
          lineStyle: { color: look.offered, width: size / 9 },
          itemStyle: { color: look.offered },
          data: quarters.map((quarter) => quarter.offered),
        },
        {
          name: names[1],
          type: 'line',
          showSymbol: false,
          lineStyle: { color: look.answered, width: size / 7 },
          itemStyle: { color: look.answered },
          areaStyle: { color: look.answered, opacity: 0.16 },
          data: quarters.map((quarter) => quarter.answered),
        },
      ],
    });
  }, [draw, quarters, names, look, scale, normal]);
  return <div ref={box} className="day-chart" role="img" aria-label={names.join(' / ')} />;
}
