/** Why somebody could not sign in, and what they can do. */
interface SignInRefusal {
  blocked: boolean;
  sentence: string;
}

/** The pool asks for one more step, such as a new password, before it lets somebody in. */
export class StepMissing extends Error {
  override readonly name = 'StepMissing';
}

/** The issuer does not say by which number somebody is known. */
export class NumberMissing extends Error {
  override readonly name = 'NumberMissing';
}

/** What a blocked member is told, here and everywhere. It accuses nobody and names no flag. */
export const BLOCKED = 'Your account has been blocked due to suspicious activity.';

const NO_MATCH = 'The phone number or the password is wrong. Try again.';
const TOO_MANY = 'Too many attempts. Wait a few minutes, then try again.';
const NOT_REACHED = 'The sign-in service cannot be reached. Check your connection, then try again.';
const NOT_NOW = 'Signing in does not work right now. Try again in a moment.';

const SENTENCES: Record<string, string> = {
  NotAuthorizedException: NO_MATCH,
  UserNotFoundException: NO_MATCH,
  TooManyRequestsException: TOO_MANY,
  LimitExceededException: TOO_MANY,
  StepMissing:
    'Signing in needs one more step, such as a new password or a code. Complete it in the shop’s own app first.',
  NumberMissing: 'Your account has no phone number. Check in at the counter.',
  // Of the library that signs in by password, of browsers, and of the one that knows issuers.
  NetworkError: NOT_REACHED,
  TypeError: NOT_REACHED,
  ErrorTimeout: NOT_REACHED,
};

/** What an error of signing in means for the person who tries. */
export function signInRefusal(error: unknown): SignInRefusal {
  const { name, message } = error instanceof Error ? error : new Error();
  // The login gate is asked before each token, and what it refuses with is shown.
  if (message.includes(BLOCKED)) return { blocked: true, sentence: BLOCKED };
  if (/attempts exceeded/i.test(message)) return { blocked: false, sentence: TOO_MANY };
  return { blocked: false, sentence: SENTENCES[name] ?? NOT_NOW };
}
