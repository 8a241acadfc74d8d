import Link from '@cloudscape-design/components/link';
import { useContact, type Contact } from '@/api/checkIns';
import { useSample } from './context';

/** Contact Us: whom a refused member can ask. `known` is what the refusal itself has said. */
export function ContactUs({ known = null }: { known?: Contact | null }) {
  const { api, programId } = useSample();
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
          <Link href={href} external={href.startsWith('http')}>
            {text}
          </Link>
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
