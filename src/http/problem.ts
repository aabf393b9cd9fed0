import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../kit/errors.ts';
import { isStorageError, storageRefusal } from '../store/storage-error.ts';

/** RFC 9457, with the title also in English. Nothing else ever leaves as an error. */
const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    titleEn: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    detailEn: z.string(),
    /** What is wrong with the input, by RFC 6901 pointer. */
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/** Any error as a reply. What we did not foresee says only that it happened; the log has the rest. */
function problemOf(error: AppError): Problem {
  return {
    type: `urn:yihao:error:${error.code}`,
    title: error.text('zh'),
    titleEn: error.text('en'),
    status: error.status,
    code: error.code,
    detail: error.text('zh'),
    detailEn: error.text('en'),
    ...(error.fields.length > 0 ? { errors: [...error.fields] } : {}),
  };
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const problem = problemOf(error);
  // The serializer of the route's own reply must not see this.
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: string) => body)
    .send(JSON.stringify(problem));
}

/** The last door of every request that failed. */
export function handleError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = toAppError(error);
  if (known.status >= 500) request.log.error({ err: error, url: request.url }, 'a request failed');
  return sendProblem(reply, known);
}

/** Makes one of our coded errors of whatever was thrown. */
function toAppError(error: FastifyError | AppError): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message }) => ({
      pointer: instancePath === '/' ? '' : instancePath,
      message: message ?? '',
    }));
    return new AppError('invalid-input', {}, fields);
  }
  if (isStorageError(error)) return storageRefusal(error);
  return new AppError(codeOfStatus(error.statusCode ?? 500));
}

/** Fastify's own refusals: a body too large, not JSON, an unknown media type … */
function codeOfStatus(status: number): ErrorCode {
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  return status >= 400 && status < 500 ? 'invalid-input' : 'internal';
}
