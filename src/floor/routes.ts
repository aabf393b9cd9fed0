import type { YihaoServer } from '../yihao-server.ts';
import { type Floor, floorSchema } from './schema.ts';

/** `GET /api/floor`: the whole floor, numbered as the last change told over the live line. */
export function registerFloorRoutes(app: YihaoServer, floor: () => Floor): void {
  app.get(
    '/api/floor',
    {
      config: { permission: 'floor.watch' },
      schema: { tags: ['floor'], response: { 200: floorSchema } },
    },
    () => floor(),
  );
}
