import type { Lang } from '../text/words.ts';
import { learnRoughly } from './server-time.ts';

/** One wrong field; `pointer` is an RFC 6901 pointer into what was sent. */
export interface FieldProblem {
  pointer: string;
  message: string;
}

/** A reply that is not a success, as RFC 9457 tells it; `offline` when no reply came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Record<Lang, string>;
  readonly fields: readonly FieldProblem[];
  constructor(
    status: number,
    code: string,
    text: Record<Lang, string>,
    fields: readonly FieldProblem[] = [],
  ) {
    super(text.en);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.text = text;
    this.fields = fields;
  }
}

const lost = new Problem(0, 'offline', {
  zh: '连接不上服务器，请稍候',
  en: 'The server cannot be reached',
});

let onSignedOut: () => void = () => undefined;
/** Called when a request says that the session is over. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

/** One request of the HTTP contract. Rejects with a `Problem`. */
async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const init: RequestInit = { method, credentials: 'same-origin', headers: { 'X-Yihao': '1' } };
  if (body !== undefined) {
    if (!form) init.headers = { 'X-Yihao': '1', 'Content-Type': 'application/json' };
    init.body = form ? body : JSON.stringify(body);
  }
  const reply = await fetch(`/api${path}`, init).catch(() => {
    throw lost;
  });
  learnRoughly(reply.headers.get('date'));
  if (!reply.ok) throw await problemOf(reply);
  if (reply.status === 204) return undefined as T;
  return (await reply.json()) as T;
}

/** The lines of a reply as they come in. Rejects with a `Problem`, or when the signal gives up. */
export async function* lines(
  path: string,
  init: Pick<RequestInit, 'method' | 'body' | 'signal'>,
): AsyncGenerator<string, void, void> {
  const headers = { 'X-Yihao': '1', Accept: 'application/x-ndjson' };
  const reply = await fetch(`/api${path}`, { ...init, credentials: 'same-origin', headers });
  if (!reply.ok || !reply.body) throw await problemOf(reply);
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const whole = (rest + value).split('\n');
    rest = whole.pop() ?? '';
    yield* whole;
  }
}

async function problemOf(reply: Response): Promise<Problem> {
  const said = (await reply.json().catch(() => ({}))) as Partial<
    Record<'code' | 'title' | 'detail' | 'titleEn' | 'detailEn', string>
  > & { errors?: FieldProblem[] };
  const problem = new Problem(
    reply.status,
    said.code ?? 'unknown',
    {
      zh: said.detail ?? said.title ?? `服务器答复 ${reply.status}`,
      en: said.detailEn ?? said.titleEn ?? `The server answered ${reply.status}`,
    },
    said.errors ?? [],
  );
  if (problem.code === 'sign-in-needed') onSignedOut();
  return problem;
}

export const get = <T>(path: string): Promise<T> => request<T>('GET', path);
/** A file as the server takes it. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

export const post = <T>(path: string, body?: unknown): Promise<T> =>
  request<T>('POST', path, body ?? {});
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, body);
export const patch = <T>(path: string, body: unknown): Promise<T> =>
  request<T>('PATCH', path, body);
export const remove = <T>(path: string): Promise<T> => request<T>('DELETE', path);

/** What to tell a person about anything that was thrown. */
export function textOf(error: unknown, lang: Lang): string {
  if (error instanceof Problem) return error.text[lang];
  return lang === 'zh' ? '出现意外错误' : 'Something unexpected happened';
}
