import Link from '@cloudscape-design/components/link';
import { useContact, type Contact } from '@/api/checkIns';
import { useMemberApp } from './context';

interface Props {
  /** What the refusal itself has said. */
  known?: Contact | null;
  /** On a device that is not the member's own, nothing leads away. */
  asText?: boolean;
}

/** Contact Us: whom a refused member can ask. */
export function ContactUs({ known = null, asText = false }: Props) {
  const { api, programId } = useMemberApp();
  const { data, isPending } = useContact(api, programId, known === null);
  const contact = known ?? data;
  if (!contact && isPending) return <div>Contact Us: …</div>;
  const ways = contact ? waysOf(contact) : [];
  if (ways.length === 0) return <div>Contact Us: ask at the counter.</div>;
  return (
    <section aria-label="Contact Us">
      <b>Contact Us</b>
      {ways.map(({ href, text }) => (
        <div key={href}>
          {asText ? (
            text
          ) : (
            <Link href={href} external={href.startsWith('http')}>
              {text}
            </Link>
          )}
        </div>
      ))}
    </section>
  );
}

function waysOf({ phone, email, url }: Contact): { href: string; text: string }[] {
  return [
    ...(phone === null ? [] : [{ href: `tel:${phone}`, text: phone }]),
    ...(email === null ? [] : [{ href: `mailto:${email}`, text: email }]),
    ...(url === null || !/^https?:/.test(url) ? [] : [{ href: url, text: url }]),
  ];
}
