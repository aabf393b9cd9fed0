import { LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import type { CurvePoint } from '../../../../src/staffing/schema.ts';
import { useChart } from '../../parts/use-chart.ts';
import { ink } from '../../theme.ts';

echarts.use([
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** Share answered in time by number of seats: the formula dashed, the simulation filled, the target across. */
export default function SeatsChart(props: {
  curve: readonly CurvePoint[];
  /** Per cent. */
  target: number;
  names: { formula: string; simulated: string; goal: string; label: string };
}) {
  const { box, draw } = useChart();
  const { curve, target, names } = props;
  useEffect(() => {
    const label = { color: ink.faint, fontSize: 12 };
    const percent = (share: number) => Math.round(share * 1_000) / 10;
    draw({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { top: 36, left: 48, right: 20, bottom: 28 },
      legend: { top: 4, left: 0, textStyle: label, itemHeight: 8 },
      tooltip: {
        trigger: 'axis',
        confine: true,
        valueFormatter: (value: unknown) => `${String(value)} %`,
      },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: curve.map(({ seats }) => seats),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink.line } },
        axisLabel: label,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 100,
        splitLine: { lineStyle: { color: ink.line } },
        axisLabel: { ...label, formatter: '{value} %' },
      },
      series: [
        {
          name: names.formula,
          type: 'line',
          showSymbol: false,
          lineStyle: { color: ink.faint, width: 1.5, type: 'dashed' },
          itemStyle: { color: ink.faint },
          data: curve.map(({ formula }) => percent(formula)),
        },
        {
          name: names.simulated,
          type: 'line',
          symbolSize: 5,
          lineStyle: { color: ink.accent, width: 2 },
          itemStyle: { color: ink.accent },
          areaStyle: { color: ink.accent, opacity: 0.1 },
          data: curve.map(({ simulated }) => percent(simulated)),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: ink.text, type: 'solid', width: 1 },
            label: { formatter: `${names.goal} ${target} %`, position: 'insideStartTop', ...label },
            data: [{ yAxis: target }],
          },
        },
      ],
    });
  }, [draw, curve, target, names]);
  return <div ref={box} className="seats-chart" role="img" aria-label={names.label} />;
}
