import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

/** An answer that is a refusal, or no answer at all. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly fields: { field: string; message: string }[];
  /** All that the API said, such as whom to contact or when to try again. */
  readonly problem: Problem | null;

  constructor(
    message: string,
    known: {
      status?: number;
      code?: string;
      requestId?: string | null;
      fields?: Refused['fields'];
      problem?: Problem;
    },
  ) {
    super(message);
    this.status = known.status ?? 0;
    this.code = known.code ?? 'unknown';
    this.requestId = known.requestId ?? null;
    this.fields = known.fields ?? [];
    this.problem = known.problem ?? null;
  }
}

// What API Gateway answers by itself has no sentence that would help.
const SENTENCES: Partial<Record<number, string>> = {
  401: 'Your session has ended. Sign in again.',
  403: 'You are not allowed to do this.',
  429: 'Too many requests at once. Wait a moment, then try again.',
  503: 'Redflag cannot be reached right now. Nothing was changed; try again in a moment.',
};

/** What an answer that is no success says. */
export function refusalOf(response: Response, body: unknown): Refused {
  if (isProblem(body)) {
    return new Refused(body.detail, {
      status: response.status,
      code: body.code,
      requestId: body.request_id,
      fields: body.errors ?? [],
      problem: body,
    });
  }
  const sentence = SENTENCES[response.status] ?? `The answer cannot be read (${response.status}). Try again.`;
  return new Refused(sentence, {
    status: response.status,
    requestId: response.headers.get('apigw-requestid'),
  });
}

/** What to say when there was no answer. */
export function unreachable(): Refused {
  return new Refused('Redflag cannot be reached. Check your connection, then try again.', {
    code: 'unreachable',
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;
}
