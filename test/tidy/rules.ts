import { importsOf, isNode, type Node, nodesIn, type Source } from './sources.ts';

const FUNCTION_LINES = 60;
/** A page's markup stands in one function, a line per attribute. */
const COMPONENT_LINES = 80;
const functionTypes = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

const at = (source: Source, node: { start: number }, what: string) =>
  `${source.path}:${source.lineOf(node.start)} ${what}`;

/**
 * Functions that are too long. Functions inside a function are counted by themselves, so that a
 * factory of many short functions is not one long one.
 */
export function longFunctions(source: Source): string[] {
  return source.nodes.flatMap((node) => {
    if (!functionTypes.has(node.type)) return [];
    const inner = innerFunctions(node['body']).map((f) => spanOf(source, f) - 1);
    const lines = spanOf(source, node) - inner.reduce((sum, span) => sum + span, 0);
    const limit = source.path.endsWith('.tsx') ? COMPONENT_LINES : FUNCTION_LINES;
    return lines > limit ? [at(source, node, `a function of ${lines} lines`)] : [];
  });
}

function spanOf(source: Source, node: Node): number {
  return source.lineOf(node.end) - source.lineOf(node.start) + 1;
}

/** The outermost functions inside a body. */
function innerFunctions(body: unknown): Node[] {
  const found: Node[] = [];
  for (const node of nodesIn(body)) {
    const isInside = found.some((outer) => node.start >= outer.start && node.end <= outer.end);
    if (functionTypes.has(node.type) && !isInside) found.push(node);
  }
  return found;
}

/** `any`, and `!` after a value. */
export function looseTypes(source: Source): string[] {
  return source.nodes.flatMap((node) => {
    if (node.type === 'TSAnyKeyword') return [at(source, node, 'any')];
    if (node.type === 'TSNonNullExpression') return [at(source, node, '!')];
    return [];
  });
}

const timers = new Set(['setTimeout', 'setInterval']);

/** Time taken from anywhere but the clock. */
export function secondClocks(source: Source): string[] {
  return source.nodes.flatMap((node) => {
    const callee = isNode(node['callee']) ? node['callee'] : undefined;
    const name = callee?.type === 'Identifier' ? String(callee['name']) : '';
    const isNew = node.type === 'NewExpression' && name === 'Date';
    if (isNew && Array.isArray(node['arguments']) && node['arguments'].length === 0) {
      return [at(source, node, 'new Date()')];
    }
    if (node.type === 'CallExpression' && timers.has(name)) return [at(source, node, name)];
    const text = source.text.slice(node.start, node.end);
    if (node.type === 'MemberExpression' && /^(Date|performance)\.now$/.test(text)) {
      return [at(source, node, text)];
    }
    return [];
  });
}

/** Packages a source imports that its folder may not know. */
export function importsOfPackage(source: Source, name: string): string[] {
  return importsOf(source)
    .filter(({ from }) => from === name || from.startsWith(`${name}/`))
    .map(({ at: start }) => at(source, { start }, name));
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'route']);

/** How many routes a source declares: calls such as `app.get('/…', { config … }, …)`. */
export function routesIn(source: Source): Node[] {
  return source.nodes.filter((node) => {
    const callee = node.type === 'CallExpression' && isNode(node['callee']) ? node['callee'] : null;
    const property = callee !== null && isNode(callee['property']) ? callee['property'] : null;
    const [first] = Array.isArray(node['arguments']) ? node['arguments'] : [];
    const path = isNode(first) ? first['value'] : undefined;
    return (
      property !== null &&
      verbs.has(String(property['name'])) &&
      typeof path === 'string' &&
      path.startsWith('/')
    );
  });
}

/** Routes that do not say, where they stand, whom they let in. */
export function openRoutes(source: Source): string[] {
  return routesIn(source).flatMap((route) => {
    const options = Array.isArray(route['arguments']) ? route['arguments'][1] : undefined;
    const properties = isNode(options) ? options['properties'] : undefined;
    const names = Array.isArray(properties)
      ? properties.map((p) => (isNode(p) && isNode(p['key']) ? p['key']['name'] : null))
      : [];
    return names.includes('config') ? [] : [at(source, route, 'a route without a permission')];
  });
}
