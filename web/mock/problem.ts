import { AppError, type ErrorCode } from '../../src/kit/errors.ts';

/** An error as the HTTP contract shows it. */
export function problemOf(error: unknown): { status: number; body: Record<string, unknown> } {
  const app = error instanceof AppError ? error : new AppError('internal');
  return {
    status: app.status,
    body: {
      type: 'about:blank',
      status: app.status,
      code: app.code,
      title: app.text('zh'),
      detail: app.text('zh'),
      titleEn: app.text('en'),
      detailEn: app.text('en'),
      errors: app.fields,
    },
  };
}

export function refuse(code: ErrorCode, values: Record<string, string | number> = {}): never {
  throw new AppError(code, values);
}
