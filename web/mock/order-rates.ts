import type { FastifyInstance } from 'fastify';
import { rateCatalogue } from '../../src/order-rates/catalogue.ts';
import { countedRates, rateDefinitions } from '../../src/order-rates/definitions.ts';
import {
  behindQuerySchema,
  type Rates,
  type RatesRow,
  ratesQuerySchema,
} from '../../src/order-rates/schema.ts';
import { demoNow } from './demo-clock.ts';
import { orderRows } from './order-rows.ts';

const dayMs = 86_400_000;
const units = ['市交通运输局', '市水务集团', '天河区城市管理局', '越秀区市场监管局', '市供电局'];

/** Figures of such a city, the same at every look. */
function rowOf(key: string, name: string, at: number): RatesRow {
  const figures: RatesRow['figures'] = {};
  for (const [index, rate] of countedRates.entries()) {
    const d = 40 + ((at * 37 + index * 53) % 160);
    const usual = rateDefinitions[rate].isAgainst ? 0.04 : 0.86 + (index % 5) * 0.025;
    const share = usual + (((at * 7 + index) % 9) - 4) / 250;
    figures[rate] = { n: Math.round(d * share), d };
  }
  return { key, name, figures: { ...figures, 'three-rate': { n: 8_640 + at * 7, d: 10_000 } } };
}

/** Rates of work orders. */
export function orderRateRoutes(app: FastifyInstance): void {
  app.get('/api/order-rates/definitions', () => rateCatalogue);
  app.get('/api/order-rates', (request): Rates => {
    const now = demoNow();
    const { by, from = now - 30 * dayMs, to = now } = ratesQuerySchema.parse(request.query);
    const days = Math.min(30, Math.floor((to - from) / dayMs));
    const rows =
      by === 'day' || by === 'month'
        ? Array.from({ length: days }, (_, at) => rowOf(String(from + at * dayMs), '', at))
        : units.map((name, at) => rowOf(`unit-${at}`, name, at));
    return { from, to, at: now, by, rows: by === 'all' ? [] : rows, total: rowOf('', '', 9) };
  });
  app.get('/api/order-rates/orders', (request) => {
    behindQuerySchema.parse(request.query);
    return { rows: orderRows };
  });
  app.get('/api/dispatch-rules', () => ({ version: 7, rows: 39_012 }));
  app.get<{ Params: { code: string } }>('/api/dispatch-rules/areas/:code', ({ params }) => ({
    count: 214,
    first: ['M401', 'M402', 'M503', 'M504', 'M704'].map((matter) => ({
      matter,
      area: params.code,
      leadUnit: '兴华街道办事处',
    })),
  }));
  app.get('/api/dispatch-rules/decision', () => ({
    proposal: {
      leadUnit: '市交通运输局',
      coUnits: ['天河区城市管理局'],
      confidence: 1,
      rule: 'M704 × 440105',
    },
  }));
}
