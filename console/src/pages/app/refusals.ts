import { PoolRefused } from './pool';

/** Why somebody could not sign in, and what they can do. */
export interface SignInRefusal {
  blocked: boolean;
  sentence: string;
}

/** What a blocked member is told, here and everywhere. It accuses nobody and names no flag. */
export const BLOCKED = 'Your account has been blocked due to suspicious activity.';

const SENTENCES: Record<string, string> = {
  NotAuthorizedException: 'This number and this password do not belong together. Try again.',
  UserNotFoundException: 'This number and this password do not belong together. Try again.',
  UserNotConfirmedException: 'This number is not confirmed yet. Finish that in the shop’s own app first.',
  PasswordResetRequiredException: 'Choose a new password in the shop’s own app first.',
  ChallengeException: 'There is one more step, such as a new password. Do it in the shop’s own app first.',
  TooManyRequestsException: 'Too many tries. Wait a few minutes, then try again.',
  LimitExceededException: 'Too many tries. Wait a few minutes, then try again.',
};
const TOO_MANY = /attempts exceeded/i;
const BY_GATE = 'PreTokenGeneration';
const NOT_OFFERED = 'USER_PASSWORD_AUTH';

/** What an error of signing in means for the person who tries. */
export function signInRefusal(error: unknown): SignInRefusal {
  if (!(error instanceof PoolRefused)) {
    return told('Signing in cannot be reached. Look at your connection, then try again.');
  }
  const { type, message } = error;
  // The pool asks the login gate before each token, and shows what that refuses with.
  if (message.includes(BY_GATE) && message.includes(BLOCKED)) return { blocked: true, sentence: BLOCKED };
  if (message.includes(NOT_OFFERED)) {
    return told('Signing in by password on a page is switched off here. Use the shop’s own app.');
  }
  if (TOO_MANY.test(message)) return told(SENTENCES.LimitExceededException ?? '');
  return told(SENTENCES[type] ?? 'Signing in does not work right now. Try again in a moment.');
}

function told(sentence: string): SignInRefusal {
  return { blocked: false, sentence };
}
