import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { RateId, RatesRow } from '../../../../src/order-rates/schema.ts';
import { day } from '../../text/format.ts';
import { ink } from '../../theme.ts';

echarts.use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

/** One rate over time, in per cent; days without such orders are gaps. */
export default function RateChart(props: {
  rows: readonly RatesRow[];
  rate: RateId;
  by: 'day' | 'month';
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { rows, rate, by, label } = props;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = echarts.init(element);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    const small = { color: ink.faint, fontSize: 12 };
    made.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { top: 12, left: 48, right: 16, bottom: 26 },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: rows.map(({ key }) => day(Number(key)).slice(0, by === 'month' ? 7 : 10)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink.line } },
        axisLabel: small,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 100,
        splitNumber: 4,
        splitLine: { lineStyle: { color: ink.line } },
        axisLabel: { ...small, formatter: '{value} %' },
      },
      series: [
        {
          type: 'line',
          symbolSize: 5,
          lineStyle: { color: ink.accent, width: 2 },
          itemStyle: { color: ink.accent },
          data: rows.map(({ figures }) => {
            const { n, d } = figures[rate] ?? { n: 0, d: 0 };
            return d === 0 ? null : Math.round((1_000 * n) / d) / 10;
          }),
        },
      ],
    });
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, [rows, rate, by]);
  return <div ref={box} className="rate-chart" role="img" aria-label={label} />;
}
