import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../src/kit/root.ts';
import { catalogue } from '../../src/order-rules/catalogue.ts';

const file = join(projectRoot, 'config/catalogue.example.yaml');

/** Matters and areas of the demo city. */
export const city = catalogue.parse(parse(readFileSync(file, 'utf8')));
