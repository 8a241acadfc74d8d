import { isEmail } from '@/pages/settings/form';

const MOST = 50;

/** Why an address cannot become one more recipient, or null when it can. */
export function problemOfNew(email: string, known: string[]): string | null {
  if (!isEmail(email)) return 'Enter an e-mail address such as name@example.com.';
  if (known.some((each) => each.toLowerCase() === email.toLowerCase()))
    return 'This address is already listed.';
  if (known.length >= MOST) return `There are ${MOST} recipients already. Remove one first.`;
  return null;
}
