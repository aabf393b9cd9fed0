import * as echarts from 'echarts/core';
import { useCallback, useEffect, useRef } from 'react';

/** A chart that lives as long as its box is shown, and follows the box's size. */
export function useChart() {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = echarts.init(element);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  const draw = useCallback(
    (option: echarts.EChartsCoreOption) => chart.current?.setOption(option),
    [],
  );
  return { box, draw };
}
